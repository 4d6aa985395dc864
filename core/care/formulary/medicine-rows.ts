// Common medicines: ingredients | ATC code | form | route | strengths | usual dose patterns.
// Ingredients are ids of the interaction tables. A pattern is doses in the morning, at noon, at night; the usual one stands first.
// Written from the WHO Model List of Essential Medicines 2023, the National List of Essential Medicines of India 2022 and the BNF.

export const MEDICINE_ROWS = `
paracetamol | N02BE01 | tablet | oral | 500 mg; 650 mg | 1-1-1; sos
paracetamol | N02BE01 | syrup | oral | 120 mg/5 mL; 250 mg/5 mL | 1-1-1; sos
ibuprofen | M01AE01 | tablet | oral | 200 mg; 400 mg | 1-0-1; 1-1-1
diclofenac | M01AB05 | tablet | oral | 50 mg; 75 mg | 1-0-1
naproxen | M01AE02 | tablet | oral | 250 mg; 500 mg | 1-0-1
aceclofenac | M01AB16 | tablet | oral | 100 mg | 1-0-1
mefenamic-acid | M01AG01 | tablet | oral | 250 mg; 500 mg | 1-1-1; sos
tramadol | N02AX02 | capsule | oral | 50 mg | 1-0-1; sos
tramadol paracetamol | N02AJ13 | tablet | oral | 37.5 mg/325 mg | 1-0-1; sos
aspirin | B01AC06 | tablet | oral | 75 mg; 150 mg | 0-1-0; 0-0-1
clopidogrel | B01AC04 | tablet | oral | 75 mg | 0-1-0; 1-0-0
ticagrelor | B01AC24 | tablet | oral | 90 mg | 1-0-1
warfarin | B01AA03 | tablet | oral | 1 mg; 2 mg; 5 mg | 0-0-1
acenocoumarol | B01AA07 | tablet | oral | 1 mg; 2 mg; 4 mg | 0-0-1
apixaban | B01AF02 | tablet | oral | 2.5 mg; 5 mg | 1-0-1
rivaroxaban | B01AF01 | tablet | oral | 10 mg; 15 mg; 20 mg | 0-0-1
atorvastatin | C10AA05 | tablet | oral | 10 mg; 20 mg; 40 mg; 80 mg | 0-0-1
rosuvastatin | C10AA07 | tablet | oral | 5 mg; 10 mg; 20 mg | 0-0-1
fenofibrate | C10AB05 | tablet | oral | 145 mg; 160 mg | 0-0-1
amlodipine | C08CA01 | tablet | oral | 2.5 mg; 5 mg; 10 mg | 1-0-0; 0-0-1
telmisartan | C09CA07 | tablet | oral | 20 mg; 40 mg; 80 mg | 1-0-0
losartan | C09CA01 | tablet | oral | 25 mg; 50 mg; 100 mg | 1-0-0
ramipril | C09AA05 | tablet | oral | 2.5 mg; 5 mg; 10 mg | 1-0-0
enalapril | C09AA02 | tablet | oral | 2.5 mg; 5 mg; 10 mg | 1-0-1
telmisartan amlodipine | C09DB04 | tablet | oral | 40 mg/5 mg; 80 mg/5 mg | 1-0-0
telmisartan hydrochlorothiazide | C09DA07 | tablet | oral | 40 mg/12.5 mg; 80 mg/12.5 mg | 1-0-0
hydrochlorothiazide | C03AA03 | tablet | oral | 12.5 mg; 25 mg | 1-0-0
chlortalidone | C03BA04 | tablet | oral | 6.25 mg; 12.5 mg; 25 mg | 1-0-0
furosemide | C03CA01 | tablet | oral | 20 mg; 40 mg | 1-0-0; 1-1-0
spironolactone | C03DA01 | tablet | oral | 25 mg; 50 mg | 1-0-0
metoprolol | C07AB02 | tablet | oral | 25 mg; 50 mg; 100 mg | 1-0-0; 1-0-1
bisoprolol | C07AB07 | tablet | oral | 1.25 mg; 2.5 mg; 5 mg | 1-0-0
carvedilol | C07AG02 | tablet | oral | 3.125 mg; 6.25 mg; 12.5 mg; 25 mg | 1-0-1
propranolol | C07AA05 | tablet | oral | 10 mg; 20 mg; 40 mg | 1-0-1
labetalol | C07AG01 | tablet | oral | 100 mg; 200 mg | 1-0-1
methyldopa | C02AB01 | tablet | oral | 250 mg; 500 mg | 1-1-1
digoxin | C01AA05 | tablet | oral | 62.5 mcg; 125 mcg; 250 mcg | 1-0-0
amiodarone | C01BD01 | tablet | oral | 100 mg; 200 mg | 1-0-0
isosorbide | C01DA14 | tablet | oral | 10 mg; 20 mg; 30 mg | 1-1-0
glyceryl-trinitrate | C01DA02 | spray | sublingual | 400 mcg | sos
metformin | A10BA02 | tablet | oral | 500 mg; 850 mg; 1000 mg | 1-0-1; 1-0-0
glimepiride | A10BB12 | tablet | oral | 1 mg; 2 mg; 4 mg | 1-0-0
gliclazide | A10BB09 | tablet | oral | 40 mg; 80 mg | 1-0-1
sitagliptin | A10BH01 | tablet | oral | 50 mg; 100 mg | 1-0-0
vildagliptin | A10BH02 | tablet | oral | 50 mg | 1-0-1
metformin sitagliptin | A10BD07 | tablet | oral | 500 mg/50 mg; 1000 mg/50 mg | 1-0-1
dapagliflozin | A10BK01 | tablet | oral | 5 mg; 10 mg | 1-0-0
empagliflozin | A10BK03 | tablet | oral | 10 mg; 25 mg | 1-0-0
pioglitazone | A10BG03 | tablet | oral | 15 mg; 30 mg | 1-0-0
insulin | A10AE04 | injection | subcutaneous | 100 units/mL | 0-0-1
levothyroxine | H03AA01 | tablet | oral | 25 mcg; 50 mcg; 75 mcg; 100 mcg | 1-0-0
carbimazole | H03BB01 | tablet | oral | 5 mg; 10 mg; 20 mg | 1-0-1
prednisolone | H02AB06 | tablet | oral | 5 mg; 10 mg; 20 mg | 1-0-0
amoxicillin | J01CA04 | capsule | oral | 250 mg; 500 mg | 1-1-1
amoxicillin | J01CA04 | syrup | oral | 125 mg/5 mL; 250 mg/5 mL | 1-1-1
amoxicillin clavulanic-acid | J01CR02 | tablet | oral | 500 mg/125 mg; 875 mg/125 mg | 1-0-1; 1-1-1
phenoxymethylpenicillin | J01CE02 | tablet | oral | 250 mg; 500 mg | 1-0-1
cefalexin | J01DB01 | capsule | oral | 250 mg; 500 mg | 1-1-1
cefixime | J01DD08 | tablet | oral | 200 mg; 400 mg | 1-0-1
cefuroxime | J01DC02 | tablet | oral | 250 mg; 500 mg | 1-0-1
azithromycin | J01FA10 | tablet | oral | 250 mg; 500 mg | 1-0-0
clarithromycin | J01FA09 | tablet | oral | 250 mg; 500 mg | 1-0-1
doxycycline | J01AA02 | capsule | oral | 100 mg | 1-0-1; 1-0-0
ciprofloxacin | J01MA02 | tablet | oral | 250 mg; 500 mg | 1-0-1
levofloxacin | J01MA12 | tablet | oral | 500 mg; 750 mg | 1-0-0
nitrofurantoin | J01XE01 | capsule | oral | 50 mg; 100 mg | 1-0-1
sulfamethoxazole trimethoprim | J01EE01 | tablet | oral | 400 mg/80 mg; 800 mg/160 mg | 1-0-1
metronidazole | P01AB01 | tablet | oral | 200 mg; 400 mg | 1-1-1
fluconazole | J02AC01 | tablet | oral | 150 mg; 200 mg | once; weekly
albendazole | P02CA03 | tablet | oral | 400 mg | once
ivermectin | P02CF01 | tablet | oral | 6 mg; 12 mg | once
hydroxychloroquine | P01BA02 | tablet | oral | 200 mg; 400 mg | 1-0-0
rifampicin isoniazid | J04AM02 | tablet | oral | 150 mg/75 mg | 1-0-0
rifampicin pyrazinamide ethambutol isoniazid | J04AM06 | tablet | oral | 150 mg/400 mg/275 mg/75 mg | 1-0-0
omeprazole | A02BC01 | capsule | oral | 20 mg; 40 mg | 1-0-0
pantoprazole | A02BC02 | tablet | oral | 20 mg; 40 mg | 1-0-0
rabeprazole | A02BC04 | tablet | oral | 20 mg | 1-0-0
famotidine | A02BA03 | tablet | oral | 20 mg; 40 mg | 1-0-1
ondansetron | A04AA01 | tablet | oral | 4 mg; 8 mg | 1-0-1; sos
domperidone | A03FA03 | tablet | oral | 10 mg | 1-1-1; sos
loperamide | A07DA03 | capsule | oral | 2 mg | sos
lactulose | A06AD11 | syrup | oral | 10 g/15 mL | 0-0-1
oral-rehydration-salts | A07CA | sachet | oral | 20.5 g | sos
zinc | A12CB01 | tablet | oral | 20 mg | 1-0-0
ferrous-sulfate | B03AA07 | tablet | oral | 200 mg | 1-0-0; 1-0-1
folic-acid | B03BB01 | tablet | oral | 400 mcg; 5 mg | 1-0-0
calcium-carbonate | A12AA04 | tablet | oral | 500 mg | 0-0-1; 1-0-1
colecalciferol | A11CC05 | capsule | oral | 1000 units; 60000 units | 1-0-0; weekly
alendronic-acid | M05BA04 | tablet | oral | 70 mg | weekly
allopurinol | M04AA01 | tablet | oral | 100 mg; 300 mg | 1-0-0
febuxostat | M04AA03 | tablet | oral | 40 mg; 80 mg | 1-0-0
cetirizine | R06AE07 | tablet | oral | 5 mg; 10 mg | 0-0-1
levocetirizine | R06AE09 | tablet | oral | 5 mg | 0-0-1
fexofenadine | R06AX26 | tablet | oral | 120 mg; 180 mg | 1-0-0
montelukast | R03DC03 | tablet | oral | 4 mg; 5 mg; 10 mg | 0-0-1
salbutamol | R03AC02 | inhaler | inhalation | 100 mcg | sos
budesonide | R03BA02 | inhaler | inhalation | 100 mcg; 200 mcg | 1-0-1
salmeterol fluticasone | R03AK06 | inhaler | inhalation | 25 mcg/125 mcg; 50 mcg/250 mcg | 1-0-1
tiotropium | R03BB04 | inhaler | inhalation | 9 mcg; 18 mcg | 1-0-0
sertraline | N06AB06 | tablet | oral | 25 mg; 50 mg; 100 mg | 1-0-0
escitalopram | N06AB10 | tablet | oral | 5 mg; 10 mg; 20 mg | 1-0-0
fluoxetine | N06AB03 | capsule | oral | 10 mg; 20 mg | 1-0-0
amitriptyline | N06AA09 | tablet | oral | 10 mg; 25 mg | 0-0-1
clonazepam | N03AE01 | tablet | oral | 0.25 mg; 0.5 mg | 0-0-1
olanzapine | N05AH03 | tablet | oral | 2.5 mg; 5 mg; 10 mg | 0-0-1
levetiracetam | N03AX14 | tablet | oral | 250 mg; 500 mg | 1-0-1
valproate | N03AG01 | tablet | oral | 200 mg; 500 mg | 1-0-1
pregabalin | N03AX16 | capsule | oral | 75 mg; 150 mg | 0-0-1; 1-0-1
tamsulosin | G04CA02 | capsule | oral | 0.4 mg | 0-0-1
clotrimazole | D01AC01 | cream | topical | 1 % | 1-0-1
permethrin | P03AC04 | cream | topical | 5 % | once
`;
