// Common diagnoses: ICD-10 code (WHO, 2019) | SNOMED CT code, where the record already uses one | name | other words to find it by.
// Written from general knowledge of these classifications; no coder has reviewed them. What is not here is written in words.

export const DIAGNOSIS_ROWS = `
A01.0 | | Typhoid fever | enteric fever
A09.0 | | Infectious gastroenteritis | diarrhoea loose motions
A15.0 | 154283005 | Tuberculosis of the lung | TB pulmonary
A97.9 | | Dengue fever | dengue
A92.0 | | Chikungunya | joint pain fever
B01.9 | | Chickenpox | varicella
B02.9 | | Shingles | herpes zoster
B05.9 | | Measles |
B15.9 | | Hepatitis A, acute | jaundice
B18.1 | | Hepatitis B, chronic |
B18.2 | | Hepatitis C, chronic |
B35.4 | | Ringworm of the body | tinea corporis fungal
B37.3 | | Vaginal thrush | candida
B54 | | Malaria | fever chills
B82.9 | | Intestinal worms | parasites
B86 | | Scabies | itch
C50.9 | | Breast cancer | malignant neoplasm
D25.9 | | Fibroid of the uterus | leiomyoma
D50.9 | 87522002 | Iron deficiency anaemia | anemia
D51.9 | | Vitamin B12 deficiency anaemia | anemia
D56.1 | | Beta thalassaemia |
D57.1 | | Sickle cell disease | anaemia
E03.9 | 40930008 | Underactive thyroid | hypothyroidism
E05.9 | | Overactive thyroid | hyperthyroidism thyrotoxicosis
E10.9 | 46635009 | Type 1 diabetes | sugar DM
E11.9 | 44054006 | Type 2 diabetes | sugar DM
E11.4 | | Type 2 diabetes with nerve damage | neuropathy
E16.2 | | Low blood sugar | hypoglycaemia
E28.2 | | Polycystic ovary syndrome | PCOS
E46 | | Malnutrition |
E55.9 | | Vitamin D deficiency |
E66.9 | | Obesity |
E78.0 | | High cholesterol | hypercholesterolaemia
E78.5 | | High blood fats | hyperlipidaemia lipids
E86 | | Dehydration |
F10.2 | | Alcohol dependence |
F17.2 | | Tobacco dependence | smoking
F32.9 | 35489007 | Depression | depressive episode
F41.0 | | Panic disorder | anxiety
F41.1 | | Generalized anxiety disorder |
F51.0 | | Insomnia | sleep
G20 | | Parkinson’s disease |
G30.9 | | Alzheimer’s disease | dementia
G40.9 | | Epilepsy | seizure fits
G43.9 | | Migraine | headache
G44.2 | | Tension headache |
G45.9 | | Transient ischaemic attack | TIA
G47.3 | | Sleep apnoea | snoring
G51.0 | | Bell’s palsy | facial weakness
G56.0 | | Carpal tunnel syndrome |
H10.9 | | Conjunctivitis | red eye
H25.9 | | Cataract of age |
H40.9 | | Glaucoma |
H60.9 | | Infection of the outer ear | otitis externa
H61.2 | | Ear wax |
H66.9 | 65363002 | Middle ear infection | otitis media
H81.1 | | Positional vertigo | BPPV dizziness
I10 | 59621000 | Hypertension | high blood pressure
I20.0 | | Unstable angina | chest pain
I20.8 | | Angina on effort | stable chest pain
I21.9 | | Heart attack, acute | myocardial infarction
I25.1 | | Coronary heart disease | ischaemic
I25.2 | 1755008 | Old heart attack | myocardial infarction
I26.9 | | Pulmonary embolism | clot lung
I48.9 | | Atrial fibrillation | AF irregular
I50.0 | 88805009 | Chronic heart failure | congestive
I61.9 | | Bleeding in the brain | haemorrhagic stroke
I63.9 | | Stroke | cerebral infarction
I73.9 | | Narrowed leg arteries | peripheral vascular disease
I80.2 | | Deep vein thrombosis | DVT clot leg
I83.9 | | Varicose veins |
I95.1 | | Low blood pressure on standing | orthostatic hypotension
J00 | | Common cold |
J01.9 | | Sinusitis, acute |
J02.9 | | Sore throat | pharyngitis
J03.9 | | Tonsillitis, acute |
J05.0 | | Croup |
J06.9 | | Upper airway infection | URTI
J11.1 | | Influenza | flu
J18.9 | 233604007 | Pneumonia |
J20.9 | | Bronchitis, acute | cough
J21.9 | | Bronchiolitis, acute |
J30.4 | | Allergic rhinitis | hay fever
J44.9 | 13645005 | Chronic obstructive lung disease (COPD) |
J45.9 | 195967001 | Asthma | wheeze
K02.9 | | Tooth decay | caries
K21.9 | | Acid reflux | GERD heartburn
K25.9 | | Stomach ulcer | gastric
K29.7 | | Gastritis |
K30 | | Indigestion | dyspepsia
K35.8 | 74400008 | Appendicitis | acute
K40.9 | | Hernia of the groin | inguinal
K58.9 | | Irritable bowel syndrome | IBS
K59.0 | | Constipation |
K60.2 | | Anal fissure |
K64.9 | | Haemorrhoids | piles
K74.6 | | Cirrhosis of the liver |
K76.0 | | Fatty liver |
K80.2 | | Gallstones |
K85.9 | | Pancreatitis, acute |
K92.2 | | Bleeding from stomach or bowel | gastrointestinal haemorrhage
L01.0 | | Impetigo |
L02.9 | | Abscess of the skin | boil
L03.9 | | Cellulitis |
L20.9 | | Atopic eczema | dermatitis
L30.9 | | Eczema | dermatitis
L40.9 | | Psoriasis |
L50.9 | | Hives | urticaria
L70.0 | | Acne |
L80 | | Vitiligo |
M06.9 | | Rheumatoid arthritis |
M10.9 | | Gout |
M17.9 | 239873007 | Osteoarthritis of the knee |
M16.9 | | Osteoarthritis of the hip |
M32.9 | | Lupus | SLE
M51.1 | | Slipped disc with nerve pain | sciatica lumbar
M54.2 | | Neck pain | cervicalgia
M54.5 | | Low back pain | lumbago
M72.2 | | Heel pain | plantar fasciitis
M75.0 | | Frozen shoulder |
M79.1 | | Muscle pain | myalgia
M81.9 | 64859006 | Osteoporosis |
N10 | | Kidney infection | pyelonephritis
N18.3 | 433144002 | Chronic kidney disease, stage 3 | CKD
N20.0 | | Kidney stone |
N30.0 | | Bladder infection | cystitis
N39.0 | | Urinary tract infection | UTI
N40 | | Enlarged prostate | BPH
N76.0 | | Vaginitis |
N80.9 | | Endometriosis |
N92.0 | | Heavy periods | menorrhagia
N94.6 | | Painful periods | dysmenorrhoea
O13 | | High blood pressure of pregnancy | gestational hypertension
O14.9 | | Pre-eclampsia |
O20.0 | | Threatened miscarriage |
O21.0 | | Vomiting of pregnancy | hyperemesis
O24.4 | | Diabetes of pregnancy | gestational
O99.0 | | Anaemia in pregnancy |
P59.9 | | Jaundice of the newborn |
R05 | | Cough |
R06.0 | | Breathlessness | dyspnoea
R07.4 | 29857009 | Chest pain | chest tightness
R10.4 | | Belly pain | abdominal
R11 | | Nausea and vomiting |
R42 | | Dizziness |
R50.9 | | Fever |
R51 | | Headache |
R53 | | Tiredness | fatigue malaise
R55 | | Fainting | syncope
R56.0 | | Fever fits | febrile convulsions
R63.4 | | Loss of weight |
S06.0 | | Concussion | head injury
S52.5 | | Broken wrist | fracture radius
S72.0 | | Broken hip | fracture femur neck
S93.4 | | Sprained ankle |
T14.1 | | Open wound | cut
T30.0 | | Burn |
T78.2 | | Anaphylaxis | allergic shock
T78.4 | | Allergy, cause not known |
Z00.0 | | General examination | check-up
Z00.1 | | Routine examination of a child | well child
Z30.9 | | Contraception | family planning
Z34.9 | 72892002 | Pregnancy | antenatal normal
`;
