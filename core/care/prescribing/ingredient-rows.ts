// Ingredients A to L: id | ATC codes (WHO ATC/DDD index) | RxNorm ingredient | classes | names people write.
// An RxNorm code stands only where we know it with certainty.

export const INGREDIENT_ROWS = `
aceclofenac | M01AB16 | | nsaid | aceclofenac; hifenac; zerodol
adrenaline | C01CA24 | 3992 | | adrenaline; epinephrine
albendazole | P02CA03 | 430 | | albendazole
alendronic-acid | M05BA04 | | bisphosphonate | alendronic acid; alendronate
allopurinol | M04AA01 | 519 | | allopurinol; zyloric
alprazolam | N05BA12 | 596 | benzodiazepine sedative | alprazolam; alprax
aluminium-magnesium-antacid | A02AD01 A02AB10 | | polyvalent-cation antacid | antacid; aluminium hydroxide; magnesium hydroxide; aluminum hydroxide; digene; gelusil
amiodarone | C01BD01 | 703 | qt-prolonging amiodarone-like | amiodarone; cordarone
amitriptyline | N06AA09 | 704 | tricyclic serotonergic qt-prolonging anticholinergic sedative | amitriptyline; tryptomer
amlodipine | C08CA01 | 17767 | dihydropyridine antihypertensive | amlodipine; amlodipin; norvasc; amlong
amoxicillin | J01CA04 | 723 | penicillin beta-lactam | amoxicillin; amoxycillin; mox; novamox; augmentin; अमोक्सिसिलिन; एमोक्सिसिलिन
ampicillin | J01CA01 | 733 | penicillin beta-lactam | ampicillin
apixaban | B01AF02 | 1364430 | anticoagulant doac | apixaban; eliquis
aripiprazole | N05AX12 | 89013 | antipsychotic | aripiprazole
aspirin | B01AC06 N02BA01 | 1191 | nsaid salicylate antiplatelet | aspirin; acetylsalicylic acid; asa; ecosprin; disprin; एस्पिरिन; ऐस्पिरिन
atenolol | C07AB03 | 1202 | beta-blocker selective-beta-blocker rate-lowering antihypertensive | atenolol; tenormin
atorvastatin | C10AA05 | 83367 | statin cyp3a4-statin | atorvastatin; lipitor; atorva
azathioprine | L04AX01 | 1256 | thiopurine | azathioprine; imuran
azithromycin | J01FA10 | 18631 | macrolide qt-prolonging | azithromycin; azithral; azee; एजिथ्रोमाइसिन
baclofen | M03BX01 | 1292 | sedative | baclofen
beclometasone | R03BA01 | | inhaled-corticosteroid | beclometasone; beclomethasone
betahistine | N07CA01 | | | betahistine; vertin
bisoprolol | C07AB07 | 19484 | beta-blocker selective-beta-blocker rate-lowering antihypertensive | bisoprolol
budesonide | R03BA02 | 19831 | inhaled-corticosteroid | budesonide; budecort
bupropion | N06AX12 | 42347 | lowers-seizure-threshold | bupropion
calcium-carbonate | A12AA04 | | polyvalent-cation calcium | calcium carbonate; calcium; shelcal; calcium citrate; कैल्शियम
carbamazepine | N03AF01 | 2002 | antiepileptic enzyme-inducer | carbamazepine; tegretol
carbimazole | H03BB01 | | antithyroid | carbimazole; neo mercazole; neomercazole
carvedilol | C07AG02 | 20352 | beta-blocker nonselective-beta-blocker rate-lowering antihypertensive | carvedilol
cefalexin | J01DB01 | 2231 | cephalosporin beta-lactam | cefalexin; cephalexin
cefazolin | J01DB04 | 2180 | cephalosporin beta-lactam | cefazolin
cefixime | J01DD08 | 25033 | cephalosporin beta-lactam | cefixime; zifi
cefpodoxime | J01DD13 | 20489 | cephalosporin beta-lactam | cefpodoxime
ceftriaxone | J01DD04 | 2193 | cephalosporin beta-lactam | ceftriaxone; monocef
cefuroxime | J01DC02 | 2194 | cephalosporin beta-lactam | cefuroxime
celecoxib | M01AH01 | 140587 | nsaid coxib sulfonamide-other | celecoxib
cetirizine | R06AE07 | 20610 | antihistamine | cetirizine; cetzine; okacet
chlorphenamine | R06AB04 | 2400 | antihistamine sedating-antihistamine sedative anticholinergic | chlorphenamine; chlorpheniramine
chloroquine | P01BA01 | 2393 | qt-prolonging oxidant | chloroquine; lariago
chlortalidone | C03BA04 | 2409 | thiazide antihypertensive sulfonamide-other | chlortalidone; chlorthalidone
ciclosporin | L04AD01 | 3008 | ciclosporin-like | ciclosporin; cyclosporine; cyclosporin
ciprofloxacin | J01MA02 | 2551 | fluoroquinolone qt-prolonging | ciprofloxacin; cifran; ciplox
citalopram | N06AB04 | 2556 | ssri serotonergic qt-prolonging | citalopram
clarithromycin | J01FA09 | 21212 | macrolide strong-cyp3a4-inhibitor qt-prolonging | clarithromycin
clavulanic-acid | | | penicillin-partner | clavulanic acid; clavulanate; clavulanic; augmentin
clindamycin | J01FF01 | 2582 | | clindamycin
clonazepam | N03AE01 | 2598 | benzodiazepine sedative | clonazepam; rivotril
clonidine | C02AC01 | 2599 | antihypertensive | clonidine
clopidogrel | B01AC04 | 32968 | antiplatelet clopidogrel-like | clopidogrel; clopilet; plavix
clotrimazole | D01AC01 G01AF02 | 2623 | | clotrimazole
clozapine | N05AH02 | 2626 | antipsychotic sedative | clozapine
codeine | R05DA04 | 2670 | opioid sedative | codeine
colchicine | M04AC01 | 2683 | | colchicine
colecalciferol | A11CC05 | 2418 | vitamin-d | colecalciferol; cholecalciferol; vitamin d3; vitamin d
dapagliflozin | A10BK01 | 1488564 | sglt2-inhibitor glucose-lowering | dapagliflozin
dexamethasone | H02AB02 | 3264 | corticosteroid | dexamethasone
dextromethorphan | R05DA09 | 3289 | serotonergic | dextromethorphan
diazepam | N05BA01 | 3322 | benzodiazepine sedative | diazepam; valium
diclofenac | M01AB05 | 3355 | nsaid | diclofenac; voveran; डाइक्लोफेनाक
digoxin | C01AA05 | 3407 | | digoxin; lanoxin
diltiazem | C08DB01 | 3443 | rate-lowering-ccb moderate-cyp3a4-inhibitor rate-lowering antihypertensive | diltiazem
diphenhydramine | R06AA02 | 3498 | antihistamine sedating-antihistamine sedative anticholinergic | diphenhydramine
dolutegravir | J05AJ03 | 1433868 | integrase-inhibitor | dolutegravir
domperidone | A03FA03 | 3626 | qt-prolonging | domperidone; domstal
donepezil | N06DA02 | 135447 | | donepezil
doxycycline | J01AA02 | 3640 | tetracycline | doxycycline; doxy
drotaverine | A03AD02 | | | drotaverine; drotin
duloxetine | N06AX21 | 72625 | snri serotonergic | duloxetine
empagliflozin | A10BK03 | 1545653 | sglt2-inhibitor glucose-lowering | empagliflozin
enalapril | C09AA02 | 3827 | ace-inhibitor antihypertensive | enalapril; envas
enoxaparin | B01AB05 | 67108 | anticoagulant heparin | enoxaparin; clexane
ergotamine | N02CA02 | | ergot | ergotamine
erythromycin | J01FA01 | 4053 | macrolide strong-cyp3a4-inhibitor qt-prolonging | erythromycin
escitalopram | N06AB10 | 321988 | ssri serotonergic qt-prolonging | escitalopram; nexito
esomeprazole | A02BC05 | 283742 | ppi cyp2c19-ppi | esomeprazole; nexium
ethambutol | J04AK02 | 4110 | | ethambutol
ethinylestradiol | | 4124 | combined-contraceptive | ethinylestradiol; ethinyl estradiol; combined pill; birth control pill
etoricoxib | M01AH05 | | nsaid coxib | etoricoxib; nucoxia
famotidine | A02BA03 | 4278 | h2-blocker | famotidine
febuxostat | M04AA03 | 73689 | | febuxostat
fenofibrate | C10AB05 | 8703 | fibrate | fenofibrate
ferrous-sulfate | B03AA07 B03AA02 B03AA03 | | iron polyvalent-cation | ferrous sulfate; ferrous sulphate; ferrous fumarate; ferrous ascorbate; ferrous gluconate; iron; आयरन
fexofenadine | R06AX26 | 87636 | antihistamine | fexofenadine; allegra
fluconazole | J02AC01 | 4450 | azole moderate-cyp3a4-inhibitor cyp2c9-inhibitor qt-prolonging | fluconazole; forcan
fluoxetine | N06AB03 | 4493 | ssri serotonergic cyp2d6-inhibitor | fluoxetine; fludac
fluticasone | R03BA05 R01AD08 | 41126 | inhaled-corticosteroid | fluticasone
folic-acid | B03BB01 | 4511 | | folic acid; folate
furosemide | C03CA01 | 4603 | loop-diuretic sulfonamide-other antihypertensive | furosemide; frusemide; lasix
gabapentin | N03AX12 | 25480 | sedative gabapentinoid | gabapentin
gemfibrozil | C10AB04 | 4719 | fibrate | gemfibrozil
gentamicin | J01GB03 | 1596450 | aminoglycoside | gentamicin
glibenclamide | A10BB01 | 4815 | sulfonylurea glucose-lowering | glibenclamide; glyburide
gliclazide | A10BB09 | 4816 | sulfonylurea glucose-lowering | gliclazide
glimepiride | A10BB12 | 25789 | sulfonylurea glucose-lowering | glimepiride; amaryl
glyceryl-trinitrate | C01DA02 | 4917 | nitrate | glyceryl trinitrate; nitroglycerin; nitroglycerine; gtn
haloperidol | N05AD01 | 5093 | antipsychotic qt-prolonging | haloperidol
heparin | B01AB01 | | anticoagulant heparin | heparin
hydrochlorothiazide | C03AA03 | 5487 | thiazide antihypertensive sulfonamide-other | hydrochlorothiazide; hctz
hydroxychloroquine | P01BA02 | 5521 | qt-prolonging | hydroxychloroquine; hcqs
hydroxyzine | N05BB01 | 5553 | antihistamine sedating-antihistamine sedative anticholinergic qt-prolonging | hydroxyzine; atarax
ibuprofen | M01AE01 | 5640 | nsaid | ibuprofen; brufen; combiflam; इबुप्रोफेन; आइबुप्रोफेन
indapamide | C03BA11 | 5764 | thiazide antihypertensive sulfonamide-other | indapamide
indometacin | M01AB01 | 5781 | nsaid | indometacin; indomethacin
insulin | A10AE04 A10AB04 A10AB01 A10AC01 A10AD01 A10AB05 A10AE05 | | insulin glucose-lowering | insulin; insulin glargine; insulin lispro; insulin aspart; insulin degludec; इंसुलिन
iodinated-contrast | V08AB02 V08AB05 | | contrast | iodinated contrast; iohexol; iopromide; contrast medium; x ray contrast; contrast dye
ipratropium | R03BB01 | 7213 | anticholinergic | ipratropium
isoniazid | J04AC01 | 6038 | cyp2c9-inhibitor | isoniazid
isosorbide | C01DA14 C01DA08 | | nitrate | isosorbide; isosorbide mononitrate; isosorbide dinitrate; sorbitrate
isotretinoin | D10BA01 D10AD04 | 6064 | retinoid | isotretinoin
itraconazole | J02AC02 | 28031 | azole strong-cyp3a4-inhibitor | itraconazole
ivermectin | P02CF01 D11AX22 | 6069 | | ivermectin
ketoconazole | J02AB02 D01AC08 | 6135 | azole strong-cyp3a4-inhibitor qt-prolonging | ketoconazole
ketorolac | M01AB15 | 35827 | nsaid | ketorolac
labetalol | C07AG01 | 6185 | beta-blocker nonselective-beta-blocker rate-lowering antihypertensive | labetalol
lactulose | A06AD11 | 6218 | | lactulose
lamotrigine | N03AX09 | 28439 | antiepileptic | lamotrigine
levetiracetam | N03AX14 | 114477 | antiepileptic | levetiracetam
levocetirizine | R06AE09 | 398335 | antihistamine | levocetirizine
levofloxacin | J01MA12 | 82122 | fluoroquinolone qt-prolonging | levofloxacin
levonorgestrel | G03AC03 G03AD01 | 6373 | progestogen | levonorgestrel; emergency pill
levothyroxine | H03AA01 | 10582 | | levothyroxine; thyroxine; eltroxin; thyronorm
linezolid | J01XX08 | 190376 | maoi serotonergic | linezolid
lisinopril | C09AA03 | 29046 | ace-inhibitor antihypertensive | lisinopril
lithium | N05AN01 | 6448 | | lithium
loperamide | A07DA03 | 6468 | | loperamide
loratadine | R06AX13 | 28889 | antihistamine | loratadine
lorazepam | N05BA06 | 6470 | benzodiazepine sedative | lorazepam; ativan
losartan | C09CA01 | 52175 | arb antihypertensive | losartan
`;
