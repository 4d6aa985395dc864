// Interactions of two medicines: ids on one side | ids on the other | severity | effect | advice | source.
// An id is an ingredient or a class; several on a side are parted by spaces. What the sources are worth here: docs/decisions/0050-care-rules.md.

export const INTERACTION_ROWS = `
anticoagulant | anticoagulant | serious | bleeding | stop-one | BNF Interactions: anticoagulants; FDA labels apixaban and rivaroxaban section 5
anticoagulant | nsaid | serious | bleeding | choose-another | BNF Interactions: anticoagulants, NSAIDs; FDA label warfarin
anticoagulant | antiplatelet | serious | bleeding | ask-a-specialist | BNF Interactions: anticoagulants, antiplatelets; ESC 2020 atrial fibrillation
anticoagulant | ssri snri | moderate | bleeding | watch-for-signs | BNF Interactions: SSRIs; FDA label sertraline
vitamin-k-antagonist | sulfamethoxazole | serious | bleeding | choose-another | FDA label warfarin section 7; BNF
vitamin-k-antagonist | azole | serious | bleeding | monitor-inr | FDA label warfarin section 7; BNF
vitamin-k-antagonist | metronidazole | serious | bleeding | monitor-inr | FDA label warfarin section 7; BNF
vitamin-k-antagonist | amiodarone | serious | bleeding | monitor-inr | FDA label amiodarone section 7; BNF
vitamin-k-antagonist | macrolide fluoroquinolone | moderate | bleeding | monitor-inr | FDA label warfarin section 7; BNF
vitamin-k-antagonist | enzyme-inducer | serious | less-effect | monitor-inr | FDA label warfarin section 7; BNF
vitamin-k-antagonist | paracetamol | moderate | bleeding | monitor-inr | BNF Interactions: paracetamol, coumarins (regular use)
vitamin-k-antagonist | fibrate tamoxifen | serious | bleeding | monitor-inr | BNF Interactions: coumarins
doac | enzyme-inducer | serious | drug-level-falls | choose-another | FDA labels apixaban and rivaroxaban section 7
doac | azole strong-cyp3a4-inhibitor | serious | bleeding | choose-another | FDA labels apixaban and rivaroxaban section 7
nsaid | antiplatelet | serious | bleeding | protect-the-stomach | BNF Interactions: NSAIDs, antiplatelets; NICE CKS NSAIDs
nsaid | ssri snri | moderate | bleeding | protect-the-stomach | BNF Interactions: SSRIs, NSAIDs; NICE NG222
nsaid | corticosteroid | moderate | stomach-ulcer | protect-the-stomach | BNF Interactions: corticosteroids, NSAIDs
nsaid | ace-inhibitor arb | moderate | kidney-damage | monitor-kidneys | BNF Interactions: ACE inhibitors, NSAIDs; FDA label lisinopril section 7
nsaid | loop-diuretic thiazide | moderate | kidney-damage | monitor-kidneys | BNF Interactions: diuretics, NSAIDs
nsaid | lithium | serious | lithium-toxicity | choose-another | FDA label lithium section 7; NICE CG185
nsaid | methotrexate | serious | bone-marrow-damage | monitor-blood-count | FDA label methotrexate section 7; MHRA
nsaid | ciclosporin-like | serious | kidney-damage | monitor-kidneys | BNF Interactions: ciclosporin, NSAIDs
ibuprofen naproxen | aspirin | moderate | less-effect | space-the-doses | FDA 2006 information: ibuprofen and low-dose aspirin
ace-inhibitor arb | potassium-sparing | serious | high-potassium | monitor-potassium | FDA label spironolactone section 7; BNF
ace-inhibitor arb | potassium-chloride | serious | high-potassium | monitor-potassium | FDA label lisinopril section 7; BNF
ace-inhibitor arb | trimethoprim | serious | high-potassium | monitor-potassium | BNF Interactions: trimethoprim; Antoniou BMJ 2014
ace-inhibitor | arb | serious | high-potassium | stop-one | EMA 2014 renin-angiotensin review; ONTARGET NEJM 2008
ace-inhibitor | neprilysin-inhibitor | contraindicated | angioedema | do-not-combine | FDA label sacubitril and valsartan section 4
potassium-sparing | potassium-chloride | contraindicated | high-potassium | do-not-combine | FDA label spironolactone; BNF
potassium-sparing | trimethoprim | serious | high-potassium | monitor-potassium | BNF Interactions: trimethoprim; Antoniou CMAJ 2015
ace-inhibitor | allopurinol | moderate | allergic-reaction | watch-for-signs | BNF Interactions: allopurinol, ACE inhibitors
lithium | thiazide | serious | lithium-toxicity | monitor-levels | FDA label lithium section 7; NICE CG185
lithium | ace-inhibitor arb | serious | lithium-toxicity | monitor-levels | FDA label lithium section 7; NICE CG185
lithium | loop-diuretic | moderate | lithium-toxicity | monitor-levels | BNF Interactions: lithium
ssri snri tricyclic | maoi | contraindicated | serotonin-syndrome | do-not-combine | FDA label sertraline section 4; FDA 2011 linezolid
ssri snri tricyclic | tramadol | serious | serotonin-syndrome | choose-another | FDA label tramadol section 7; MHRA
ssri snri | triptan | moderate | serotonin-syndrome | watch-for-signs | FDA 2006 alert: triptans and SSRIs
maoi | tramadol pethidine dextromethorphan | contraindicated | serotonin-syndrome | do-not-combine | FDA labels tramadol and selegiline section 4
maoi | decongestant triptan bupropion | contraindicated | high-blood-pressure | do-not-combine | FDA labels phenelzine and selegiline section 4
ssri snri | dextromethorphan | moderate | serotonin-syndrome | watch-for-signs | FDA 2016 opioid class safety; BNF
cyp2d6-inhibitor | tamoxifen | serious | less-effect | choose-another | MHRA Drug Safety Update November 2010
cyp2d6-inhibitor | codeine tramadol | moderate | less-effect | choose-another | CPIC guideline opioids and CYP2D6, 2020
cyp2d6-inhibitor | metoprolol | moderate | slow-heart | watch-for-signs | FDA label metoprolol section 7
tramadol | bupropion | serious | seizures | choose-another | FDA label tramadol section 5
simvastatin | strong-cyp3a4-inhibitor | contraindicated | muscle-damage | pause-the-other | FDA label simvastatin section 4; MHRA
atorvastatin | strong-cyp3a4-inhibitor | serious | muscle-damage | pause-the-other | FDA label atorvastatin section 7
simvastatin | amiodarone amlodipine | serious | muscle-damage | lower-the-dose | FDA 2011 simvastatin dose limits; MHRA October 2012
simvastatin | moderate-cyp3a4-inhibitor | serious | muscle-damage | lower-the-dose | FDA 2011 simvastatin dose limits
simvastatin | ciclosporin gemfibrozil | contraindicated | muscle-damage | do-not-combine | FDA label simvastatin section 4
statin | gemfibrozil | serious | muscle-damage | choose-another | FDA labels atorvastatin and rosuvastatin section 7
statin | ciclosporin | serious | muscle-damage | choose-another | FDA labels atorvastatin and rosuvastatin section 7
statin | colchicine | moderate | muscle-damage | watch-for-signs | AHA Statement Wiggins Circulation 2016
colchicine | strong-cyp3a4-inhibitor ciclosporin | serious | drug-level-rises | lower-the-dose | FDA label colchicine section 7
nitrate | pde5-inhibitor | contraindicated | low-blood-pressure | do-not-combine | FDA label sildenafil section 4; ACC/AHA
alpha-blocker | pde5-inhibitor | moderate | low-blood-pressure | lower-the-dose | FDA label sildenafil section 7
rate-lowering-ccb | beta-blocker | serious | slow-heart | choose-another | BNF Interactions: beta blockers, verapamil; NICE NG136
digoxin | amiodarone | serious | digoxin-toxicity | lower-the-dose | FDA label digoxin section 7
digoxin | verapamil diltiazem | serious | digoxin-toxicity | monitor-levels | FDA label digoxin section 7
digoxin | clarithromycin erythromycin itraconazole | serious | digoxin-toxicity | monitor-levels | FDA label digoxin section 7
digoxin | loop-diuretic thiazide | moderate | digoxin-toxicity | monitor-potassium | FDA label digoxin section 7; BNF
digoxin | spironolactone | moderate | digoxin-toxicity | monitor-levels | FDA label digoxin section 7
digoxin | beta-blocker | moderate | slow-heart | watch-for-signs | FDA label digoxin section 7
amiodarone | beta-blocker rate-lowering-ccb | serious | slow-heart | monitor-ecg | FDA label amiodarone section 7
clonidine | beta-blocker | moderate | high-blood-pressure | watch-for-signs | BNF Interactions: clonidine (rebound on stopping)
clopidogrel | cyp2c19-ppi | serious | less-effect | choose-another | FDA label clopidogrel section 7; MHRA April 2010
methotrexate | trimethoprim sulfamethoxazole | contraindicated | bone-marrow-damage | do-not-combine | FDA label methotrexate section 7; MHRA
methotrexate | ppi | moderate | drug-level-rises | watch-for-signs | FDA label omeprazole section 7 (high dose)
methotrexate | penicillin | moderate | drug-level-rises | monitor-blood-count | FDA label methotrexate section 7; BNF
thiopurine | allopurinol febuxostat | serious | bone-marrow-damage | choose-another | FDA labels azathioprine and febuxostat
qt-prolonging | qt-prolonging | serious | long-qt | monitor-ecg | CredibleMeds lists; AHA/ACC 2010 torsade statement
benzodiazepine | opioid | serious | breathing-depression | choose-another | FDA boxed warning 2016; MHRA March 2020
gabapentinoid | opioid | serious | breathing-depression | lower-the-dose | FDA 2019 gabapentinoids; MHRA October 2017
opioid | sedating-antihistamine zolpidem tizanidine baclofen | serious | breathing-depression | lower-the-dose | FDA boxed warning 2016: opioids and CNS depressants
benzodiazepine | sedating-antihistamine zolpidem clozapine | moderate | confusion-and-falls | lower-the-dose | BNF Interactions: CNS depressants; AGS Beers 2023
biguanide | contrast | serious | lactic-acidosis | pause-the-other | FDA label metformin section 5; ACR Manual on Contrast Media
nsaid aminoglycoside | contrast | moderate | kidney-damage | pause-the-other | ACR Manual on Contrast Media; ESUR
levothyroxine | calcium iron polyvalent-cation | moderate | less-absorbed | space-the-doses | FDA label levothyroxine section 7 (4 hours)
levothyroxine | ppi | moderate | less-absorbed | watch-for-signs | FDA label levothyroxine section 7
levothyroxine | enzyme-inducer | moderate | less-effect | watch-for-signs | FDA label levothyroxine section 7
fluoroquinolone tetracycline | polyvalent-cation | moderate | less-absorbed | space-the-doses | FDA labels ciprofloxacin and doxycycline section 7
bisphosphonate | polyvalent-cation | moderate | less-absorbed | space-the-doses | FDA label alendronate section 7
integrase-inhibitor | polyvalent-cation | moderate | less-absorbed | space-the-doses | FDA label dolutegravir section 7
iron | antacid | moderate | less-absorbed | space-the-doses | BNF Interactions: iron, antacids
ciprofloxacin | tizanidine | contraindicated | low-blood-pressure | do-not-combine | FDA label tizanidine section 4
ciprofloxacin | xanthine | serious | drug-level-rises | monitor-levels | FDA label ciprofloxacin boxed text and section 7
macrolide | xanthine | moderate | drug-level-rises | monitor-levels | BNF Interactions: theophylline, macrolides
fluoroquinolone | corticosteroid | serious | tendon-or-joint-damage | choose-another | FDA boxed warning fluoroquinolones; MHRA January 2024
fluoroquinolone | glucose-lowering | moderate | low-blood-sugar | monitor-blood-sugar | FDA 2018 fluoroquinolone safety communication
sulfonylurea | sulfamethoxazole fluconazole clarithromycin | serious | low-blood-sugar | monitor-blood-sugar | FDA labels glimepiride and glibenclamide section 7; BNF
insulin | sulfonylurea | moderate | low-blood-sugar | lower-the-dose | ADA Standards of Care section 9
insulin | glitazone | moderate | fluid-retention | watch-for-signs | FDA label pioglitazone section 5
insulin sulfonylurea | nonselective-beta-blocker | moderate | low-blood-sugar | monitor-blood-sugar | BNF Interactions: beta blockers, antidiabetics
combined-contraceptive progestogen | enzyme-inducer | serious | unplanned-pregnancy | use-other-contraception | FSRH guidance: drug interactions with hormonal contraception 2022
combined-contraceptive | lamotrigine | moderate | less-effect | ask-a-specialist | FSRH 2022; FDA label lamotrigine section 7
combined-contraceptive progestogen | topiramate | moderate | unplanned-pregnancy | use-other-contraception | FSRH 2022; MHRA June 2024
lamotrigine | valproate | serious | allergic-reaction | lower-the-dose | FDA label lamotrigine boxed warning
valproate | carbapenem | contraindicated | seizures | do-not-combine | FDA label meropenem section 7
carbamazepine | macrolide azole | serious | drug-level-rises | choose-another | FDA label carbamazepine section 7
carbamazepine | diltiazem verapamil isoniazid | moderate | drug-level-rises | monitor-levels | FDA label carbamazepine section 7
phenytoin | fluconazole isoniazid | serious | drug-level-rises | monitor-levels | FDA label phenytoin section 7
dolutegravir | enzyme-inducer | serious | drug-level-falls | lower-the-dose | FDA label dolutegravir section 7 (needs a doubled dose); WHO 2021
dolutegravir | metformin | moderate | drug-level-rises | lower-the-dose | FDA label dolutegravir section 7
rifampicin | azole corticosteroid statin | moderate | drug-level-falls | watch-for-signs | FDA label rifampin section 7; BNF
rifampicin | sulfonylurea | moderate | less-effect | monitor-blood-sugar | FDA label rifampin section 7; BNF
isoniazid | rifampicin pyrazinamide | moderate | liver-damage | watch-for-signs | WHO consolidated guidelines on tuberculosis: standard treatment, watch the liver
ciclosporin-like | azole strong-cyp3a4-inhibitor | serious | drug-level-rises | monitor-levels | FDA labels ciclosporin and tacrolimus section 7
ciclosporin-like | enzyme-inducer | serious | drug-level-falls | monitor-levels | FDA labels ciclosporin and tacrolimus section 7
ciclosporin-like | potassium-sparing | serious | high-potassium | monitor-potassium | FDA labels ciclosporin and tacrolimus section 7
aminoglycoside | loop-diuretic vancomycin | serious | hearing-or-kidney-damage | monitor-kidneys | FDA label gentamicin boxed warning
ergot | macrolide azole triptan | contraindicated | high-blood-pressure | do-not-combine | FDA label ergotamine boxed warning
loop-diuretic thiazide | corticosteroid beta-agonist | moderate | low-potassium | monitor-potassium | BNF Interactions: hypokalaemia
thiazide | ssri snri carbamazepine | moderate | low-sodium | monitor-sodium | BNF Interactions: hyponatraemia
beta-agonist | nonselective-beta-blocker | serious | asthma-attack | choose-another | BNF Interactions: beta blockers, beta2 agonists; GINA 2023
domperidone | strong-cyp3a4-inhibitor | contraindicated | long-qt | do-not-combine | MHRA Drug Safety Update May 2014; EMA 2014
dopamine-blocker | antipsychotic | serious | involuntary-movements | choose-another | FDA label metoclopramide boxed warning and section 7
clozapine | carbamazepine antithyroid | serious | bone-marrow-damage | do-not-combine | BNF Interactions: clozapine
clozapine | ciprofloxacin | serious | drug-level-rises | lower-the-dose | FDA label clozapine section 7
hydroxychloroquine chloroquine | glucose-lowering | moderate | low-blood-sugar | monitor-blood-sugar | FDA label hydroxychloroquine section 7
probenecid | methotrexate | serious | drug-level-rises | choose-another | FDA label methotrexate section 7
sacubitril | potassium-sparing | serious | high-potassium | monitor-potassium | FDA label sacubitril and valsartan section 7
`;
