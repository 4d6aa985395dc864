// What a medicine may do to this person: pregnancy, age, and problems. Columns stand above each table.

/** ids | severity | effect | advice | source. Trimesters are not told apart: the gravest counts. */
export const PREGNANCY_ROWS = `
warfarin acenocoumarol | contraindicated | harm-to-unborn | choose-another | FDA label warfarin section 4; ESC pregnancy 2018
ace-inhibitor arb | contraindicated | harm-to-unborn | choose-another | FDA boxed warning; NICE NG133
neprilysin-inhibitor | contraindicated | harm-to-unborn | choose-another | FDA boxed warning sacubitril and valsartan
methotrexate mycophenolate | contraindicated | harm-to-unborn | do-not-give | FDA boxed warnings; BNF
valproate | contraindicated | harm-to-unborn | ask-a-specialist | MHRA valproate 2024; EMA 2018
topiramate | contraindicated | harm-to-unborn | ask-a-specialist | MHRA June 2024
retinoid | contraindicated | harm-to-unborn | do-not-give | FDA boxed warning isotretinoin; MHRA 2023
misoprostol ergot | contraindicated | harm-to-unborn | do-not-give | FDA labels misoprostol and ergotamine section 4
statin | serious | harm-to-unborn | pause-the-other | FDA 2021 statins in pregnancy; NICE NG238
carbamazepine phenytoin phenobarbital | serious | harm-to-unborn | ask-a-specialist | MHRA antiepileptics in pregnancy 2021
lithium | serious | harm-to-unborn | ask-a-specialist | NICE CG192
nsaid | serious | harm-to-unborn | choose-another | FDA 2020: NSAIDs from 20 weeks; MHRA 2023
tetracycline | serious | tooth-discolouration | choose-another | FDA label doxycycline section 5; BNF
fluoroquinolone | serious | harm-to-unborn | choose-another | BNF: quinolones in pregnancy
aminoglycoside | serious | hearing-or-kidney-damage | choose-another | FDA label gentamicin boxed warning
sulfamethoxazole trimethoprim | serious | harm-to-unborn | choose-another | BNF; NICE NG109
doac | serious | harm-to-unborn | choose-another | EHRA 2021 practical guide; BNF
amiodarone | serious | harm-to-unborn | ask-a-specialist | FDA label amiodarone section 5
antithyroid | serious | harm-to-unborn | ask-a-specialist | MHRA February 2019 carbimazole
azole | serious | harm-to-unborn | choose-another | FDA 2016 oral fluconazole; BNF
potassium-sparing sglt2-inhibitor | serious | harm-to-unborn | choose-another | FDA labels spironolactone and dapagliflozin section 8
primaquine | contraindicated | red-cell-damage | do-not-give | WHO guidelines for malaria 2023
beta-blocker | moderate | harm-to-unborn | watch-for-signs | NICE NG133 (labetalol is the usual one); BNF
paroxetine | moderate | harm-to-unborn | ask-a-specialist | FDA label paroxetine section 8; NICE CG192
benzodiazepine opioid | moderate | harm-to-unborn | use-lowest-dose | BNF; NICE CG192
sulfonylurea | moderate | low-blood-sugar | choose-another | NICE NG3
iodinated-contrast | moderate | harm-to-unborn | ask-a-specialist | ACR Manual on Contrast Media
albendazole ivermectin | moderate | harm-to-unborn | ask-a-specialist | WHO preventive chemotherapy 2017
`;

/** ids | from, years | below, years | severity | effect | advice | source. */
export const AGE_ROWS = `
salicylate | 0 | 16 | contraindicated | reye-syndrome | choose-another | MHRA 2002: no aspirin under 16 unless a specialist says so; FDA label
codeine | 0 | 12 | contraindicated | breathing-depression | choose-another | FDA 2017; EMA 2013
tramadol | 0 | 12 | contraindicated | breathing-depression | choose-another | FDA 2017
codeine tramadol | 12 | 18 | serious | breathing-depression | ask-a-specialist | FDA 2017: after tonsil surgery, obesity, sleep apnoea
tetracycline | 0 | 8 | serious | tooth-discolouration | choose-another | FDA label doxycycline section 5; AAP Red Book
fluoroquinolone | 0 | 18 | serious | tendon-or-joint-damage | choose-another | FDA label ciprofloxacin section 5; AAP 2016
nimesulide | 0 | 12 | contraindicated | liver-damage | choose-another | India, Gazette notification GSR 82(E), 2011
promethazine | 0 | 2 | contraindicated | breathing-depression | do-not-give | FDA boxed warning promethazine
metoclopramide | 0 | 1 | contraindicated | involuntary-movements | do-not-give | EMA 2013
metoclopramide | 1 | 18 | serious | involuntary-movements | choose-another | EMA 2013
domperidone | 0 | 12 | serious | long-qt | choose-another | MHRA December 2019
loperamide | 0 | 4 | contraindicated | breathing-depression | do-not-give | BNF for Children; FDA label (under 2)
ceftriaxone | 0 | 0.08 | serious | jaundice-of-newborn | ask-a-specialist | FDA label ceftriaxone section 4 (newborns)
sulfamethoxazole | 0 | 0.12 | contraindicated | red-cell-damage | do-not-give | BNF for Children: under 6 weeks
nitrofurantoin | 0 | 0.25 | contraindicated | red-cell-damage | do-not-give | BNF for Children: under 3 months
ssri snri tricyclic | 0 | 25 | moderate | suicidal-thoughts | watch-for-signs | FDA boxed warning antidepressants 2007
sedating-antihistamine dextromethorphan decongestant | 0 | 6 | serious | breathing-depression | do-not-give | MHRA 2009 cough and cold medicines under 6
statin | 0 | 8 | moderate | muscle-damage | ask-a-specialist | FDA labels statins section 8
ibuprofen | 0 | 0.25 | serious | kidney-damage | choose-another | BNF for Children: under 3 months
benzodiazepine zolpidem | 65 | 150 | moderate | confusion-and-falls | use-lowest-dose | AGS Beers Criteria 2023
tricyclic sedating-antihistamine trihexyphenidyl | 65 | 150 | moderate | confusion-and-falls | choose-another | AGS Beers Criteria 2023
glibenclamide | 65 | 150 | moderate | low-blood-sugar | choose-another | AGS Beers Criteria 2023
nsaid | 75 | 150 | moderate | stomach-ulcer | protect-the-stomach | AGS Beers Criteria 2023; STOPP 3
digoxin | 75 | 150 | moderate | digoxin-toxicity | lower-the-dose | AGS Beers Criteria 2023
`;

/** Problem group | SNOMED CT codes | ICD-10 prefixes | whole words and phrases, any of them. */
export const PROBLEM_ROWS = `
asthma | 195967001 | J45 J46 | asthma; asthmatic; दमा
obstructive-lung-disease | 13645005 | J44 | copd; chronic obstructive
heart-failure | 84114007 88805009 42343007 | I50 | heart failure; cardiac failure
heart-block | 27885002 233917008 | I44 | heart block; av block; atrioventricular block
kidney-disease | 709044004 433144002 431857002 433146000 46177005 | N18 | chronic kidney disease; ckd; renal failure; kidney failure; renal impairment
severe-kidney-disease | 431857002 433146000 46177005 | N18.4 N18.5 N18.6 | kidney disease stage 4; kidney disease stage 5; kidney disease, stage 4; kidney disease, stage 5; ckd 4; ckd 5; ckd stage 4; ckd stage 5; dialysis; end stage renal
liver-disease | 328383001 19943007 | K70 K71 K72 K74 | cirrhosis; liver failure; chronic liver disease; hepatic failure
peptic-ulcer | 13200003 | K25 K26 K27 | peptic ulcer; gastric ulcer; duodenal ulcer; gi bleed; gastrointestinal bleed; gastrointestinal haemorrhage
epilepsy | 84757009 | G40 | epilepsy; seizure disorder; मिर्गी
myasthenia | 91637004 | G70.0 | myasthenia; myasthenia gravis
gout | 90560007 | M10 | gout
long-qt | 9651007 | I45.81 | long qt; torsade; torsades
glaucoma | 23986001 392291006 30041005 | H40.2 | angle closure glaucoma; narrow angle glaucoma; glaucoma
g6pd-deficiency | 62403005 | D55.0 | g6pd; glucose 6 phosphate dehydrogenase
bipolar | 13746004 | F31 | bipolar
hypertension | 38341003 59621000 | I10 I11 I12 I13 | hypertension; high blood pressure
parkinson | 49049000 | G20 | parkinson; parkinsons
venous-thrombosis | 128053003 59282003 | I26 I82 | deep vein thrombosis; pulmonary embolism; dvt
prostate-enlargement | 266569009 | N40 | prostatic hyperplasia; enlarged prostate; bph; urinary retention
pregnancy | 77386006 72892002 | Z33 Z34 O09 O26 | pregnant; pregnancy; गर्भवती
`;

/** ids | problem groups | severity | effect | advice | source. */
export const PROBLEM_MEDICINE_ROWS = `
nonselective-beta-blocker | asthma | contraindicated | asthma-attack | choose-another | GINA 2023; BNF: beta blockers
selective-beta-blocker | asthma | serious | asthma-attack | ask-a-specialist | GINA 2023; BNF: beta blockers
nsaid | asthma | caution | asthma-attack | watch-for-signs | GINA 2023: aspirin-exacerbated disease; BNF
nonselective-beta-blocker | obstructive-lung-disease | serious | asthma-attack | choose-another | GOLD 2023
nsaid | heart-failure | serious | worse-heart-failure | choose-another | ESC heart failure 2021; NICE NG106
rate-lowering-ccb | heart-failure | serious | worse-heart-failure | choose-another | ESC heart failure 2021
glitazone | heart-failure | contraindicated | worse-heart-failure | choose-another | FDA boxed warning pioglitazone
beta-blocker rate-lowering-ccb | heart-block | serious | slow-heart | ask-a-specialist | FDA label metoprolol section 4
nsaid | kidney-disease | serious | kidney-damage | choose-another | KDIGO 2024; NICE NG203
metformin | severe-kidney-disease | contraindicated | lactic-acidosis | choose-another | FDA 2016 metformin: eGFR below 30
nitrofurantoin | severe-kidney-disease | contraindicated | less-effect | choose-another | MHRA September 2014: eGFR below 45
potassium-raising potassium-sparing | kidney-disease | serious | high-potassium | monitor-potassium | KDIGO 2024; BNF
methotrexate | kidney-disease liver-disease | serious | bone-marrow-damage | ask-a-specialist | FDA boxed warning methotrexate
contrast | kidney-disease | serious | kidney-damage | ask-a-specialist | ACR Manual on Contrast Media
paracetamol | liver-disease | moderate | liver-damage | lower-the-dose | BNF: paracetamol in liver impairment
statin isoniazid pyrazinamide valproate | liver-disease | serious | liver-damage | ask-a-specialist | FDA labels section 4; WHO tuberculosis
nsaid | peptic-ulcer | serious | bleeding | choose-another | NICE CKS NSAIDs; BNF
antiplatelet anticoagulant corticosteroid | peptic-ulcer | moderate | bleeding | protect-the-stomach | NICE CKS Antiplatelet treatment; BNF
lowers-seizure-threshold | epilepsy | contraindicated | seizures | choose-another | FDA labels bupropion section 4, tramadol section 5
fluoroquinolone | epilepsy | moderate | seizures | choose-another | FDA label ciprofloxacin section 5
fluoroquinolone macrolide aminoglycoside | myasthenia | serious | muscle-weakness | choose-another | FDA boxed warning fluoroquinolones; Narayanaswami Neurology 2021
beta-blocker | myasthenia | moderate | muscle-weakness | watch-for-signs | Narayanaswami Neurology 2021
thiazide loop-diuretic | gout | moderate | gout-attack | choose-another | ACR gout 2020; BNF
qt-prolonging | long-qt | contraindicated | long-qt | choose-another | CredibleMeds: drugs to avoid in congenital long QT
anticholinergic topiramate | glaucoma | serious | raised-eye-pressure | choose-another | BNF: antimuscarinics; FDA label topiramate section 5
oxidant | g6pd-deficiency | serious | red-cell-damage | choose-another | WHO 2022 G6PD classification; CPIC 2022
ssri snri tricyclic bupropion | bipolar | serious | mania | ask-a-specialist | NICE CG185
decongestant | hypertension | moderate | high-blood-pressure | choose-another | BNF: sympathomimetics
nsaid | hypertension | moderate | high-blood-pressure | monitor-blood-pressure | NICE CKS NSAIDs; ESC 2024
dopamine-blocker antipsychotic | parkinson | serious | involuntary-movements | choose-another | NICE NG71; FDA label metoclopramide section 5
combined-contraceptive tranexamic-acid | venous-thrombosis | contraindicated | blood-clots | choose-another | UKMEC 2016; FDA label tranexamic acid section 4
anticholinergic | prostate-enlargement | moderate | urine-retention | watch-for-signs | BNF: antimuscarinics
`;
