// Ingredients M to Z and fixed combinations; the columns are those of ingredient-rows.ts.

export const MORE_INGREDIENT_ROWS = `
mefenamic-acid | M01AG01 | | nsaid | mefenamic acid; meftal
meropenem | J01DH02 | 29561 | carbapenem beta-lactam | meropenem
metformin | A10BA02 | 6809 | biguanide glucose-lowering | metformin; glycomet; मेटफॉर्मिन
methotrexate | L01BA01 L04AX03 | 6851 | | methotrexate
methyldopa | C02AB01 | 6876 | antihypertensive | methyldopa
metoclopramide | A03FA01 | 6915 | dopamine-blocker | metoclopramide
metoprolol | C07AB02 | 6918 | beta-blocker selective-beta-blocker rate-lowering antihypertensive | metoprolol; toprol
metronidazole | J01XD01 P01AB01 | 6922 | cyp2c9-inhibitor | metronidazole; flagyl; metrogyl
midazolam | N05CD08 | 6960 | benzodiazepine sedative | midazolam
mirtazapine | N06AX11 | 15996 | serotonergic sedative | mirtazapine
misoprostol | A02BB01 G02AD06 | 42331 | | misoprostol
montelukast | R03DC03 | 88249 | | montelukast
morphine | N02AA01 | 7052 | opioid sedative | morphine
moxifloxacin | J01MA14 | 139462 | fluoroquinolone qt-prolonging | moxifloxacin
mycophenolate | L04AA06 | 68149 | | mycophenolate; mycophenolic acid; mycophenolate mofetil
naproxen | M01AE02 | 7258 | nsaid | naproxen; naprosyn
nifedipine | C08CA05 | 7417 | dihydropyridine antihypertensive | nifedipine
nimesulide | M01AX17 | | nsaid | nimesulide; nise
nitrofurantoin | J01XE01 | 7454 | oxidant | nitrofurantoin
norethisterone | G03AC01 G03DC02 | 7514 | progestogen | norethisterone; norethindrone
ofloxacin | J01MA01 | 7623 | fluoroquinolone qt-prolonging | ofloxacin
olanzapine | N05AH03 | 61381 | antipsychotic sedative | olanzapine
olmesartan | C09CA08 | 321064 | arb antihypertensive | olmesartan
omeprazole | A02BC01 | 7646 | ppi cyp2c19-ppi | omeprazole; omez
ondansetron | A04AA01 | 26225 | qt-prolonging | ondansetron; emeset
oral-rehydration-salts | A07CA | | | oral rehydration salts; ors; electral
oxycodone | N02AA05 | 7804 | opioid sedative | oxycodone
pantoprazole | A02BC02 | 40790 | ppi | pantoprazole
paracetamol | N02BE01 | 161 | | paracetamol; acetaminophen; crocin; dolo; calpol; combiflam; ultracet; पैरासिटामोल; पेरासिटामोल
paroxetine | N06AB05 | 32937 | ssri serotonergic cyp2d6-inhibitor | paroxetine
perindopril | C09AA04 | 54552 | ace-inhibitor antihypertensive | perindopril
permethrin | P03AC04 | | | permethrin
pethidine | N02AB02 | 6754 | opioid serotonergic sedative | pethidine; meperidine
phenelzine | N06AF03 | 8123 | maoi serotonergic | phenelzine
phenobarbital | N03AA02 | 8134 | antiepileptic enzyme-inducer sedative | phenobarbital; phenobarbitone
phenoxymethylpenicillin | J01CE02 | 7984 | penicillin beta-lactam | phenoxymethylpenicillin; penicillin v
phenytoin | N03AB02 | 8183 | antiepileptic enzyme-inducer | phenytoin; eptoin
benzylpenicillin | J01CE01 J01CE08 | 7980 | penicillin beta-lactam | benzylpenicillin; penicillin g; benzathine penicillin; benzathine benzylpenicillin
pioglitazone | A10BG03 | 33738 | glitazone glucose-lowering | pioglitazone
piperacillin | J01CA12 | 8339 | penicillin beta-lactam | piperacillin
potassium-chloride | A12BA01 | 8591 | potassium-raising | potassium chloride; potassium citrate; slow k
prednisolone | H02AB06 | 8638 | corticosteroid | prednisolone; wysolone
prednisone | H02AB07 | 8640 | corticosteroid | prednisone
pregabalin | N03AX16 | 187832 | sedative gabapentinoid | pregabalin
primaquine | P01BA03 | | oxidant | primaquine
probenecid | M04AB01 | | | probenecid
promethazine | R06AD02 | 8745 | antihistamine sedating-antihistamine sedative anticholinergic | promethazine; phenergan
propranolol | C07AA05 | 8787 | beta-blocker nonselective-beta-blocker rate-lowering antihypertensive | propranolol; inderal
pseudoephedrine | R01BA02 | 8896 | decongestant | pseudoephedrine
pyrazinamide | J04AK01 | 8987 | | pyrazinamide
quetiapine | N05AH04 | 51272 | antipsychotic sedative qt-prolonging | quetiapine
rabeprazole | A02BC04 | 114979 | ppi | rabeprazole
ramipril | C09AA05 | 35296 | ace-inhibitor antihypertensive | ramipril; cardace
ranitidine | A02BA02 | 9143 | h2-blocker | ranitidine; rantac
rifampicin | J04AB02 | 9384 | enzyme-inducer | rifampicin; rifampin
risperidone | N05AX08 | 35636 | antipsychotic qt-prolonging | risperidone
rivaroxaban | B01AF01 | 1114195 | anticoagulant doac | rivaroxaban; xarelto
rosuvastatin | C10AA07 | 301542 | statin | rosuvastatin; rosuvas; crestor
sacubitril | | 1656328 | neprilysin-inhibitor | sacubitril
salbutamol | R03AC02 R03CC02 | 435 | beta-agonist | salbutamol; albuterol; asthalin; levosalbutamol
salmeterol | R03AC12 | 36117 | beta-agonist | salmeterol
selegiline | N04BD01 | | maoi serotonergic | selegiline
sertraline | N06AB06 | 36437 | ssri serotonergic | sertraline
sildenafil | G04BE03 | 136411 | pde5-inhibitor | sildenafil; viagra
simvastatin | C10AA01 | 36567 | statin cyp3a4-statin | simvastatin; simvistatin
sitagliptin | A10BH01 | 593411 | dpp4-inhibitor glucose-lowering | sitagliptin
sotalol | C07AA07 | 9947 | beta-blocker nonselective-beta-blocker rate-lowering qt-prolonging | sotalol
spironolactone | C03DA01 | 9997 | potassium-sparing potassium-raising antihypertensive | spironolactone; aldactone
sulfamethoxazole | J01EC01 | 10180 | sulfonamide-antibiotic cyp2c9-inhibitor oxidant | sulfamethoxazole; sulphamethoxazole; cotrimoxazole; co trimoxazole; septran; bactrim
sulfasalazine | A07EC01 | 9524 | sulfonamide-antibiotic oxidant | sulfasalazine; sulphasalazine
sulfadiazine-silver | D06BA01 | | sulfonamide-antibiotic | silver sulfadiazine; sulfadiazine; silver sulphadiazine
sumatriptan | N02CC01 | 37418 | triptan serotonergic | sumatriptan
tacrolimus | L04AD02 | 42316 | ciclosporin-like | tacrolimus
tadalafil | G04BE08 | 358263 | pde5-inhibitor | tadalafil
tamoxifen | L02BA01 | 10324 | | tamoxifen
tamsulosin | G04CA02 | 77492 | alpha-blocker | tamsulosin
tazobactam | | | penicillin-partner | tazobactam
telmisartan | C09CA07 | 73494 | arb antihypertensive | telmisartan; telma
theophylline | R03DA04 R03DA05 | 10438 | xanthine | theophylline; aminophylline; deriphyllin; etofylline
ticagrelor | B01AC24 | 1116632 | antiplatelet | ticagrelor
tinidazole | P01AB02 J01XD02 | | | tinidazole
tiotropium | R03BB04 | 69120 | anticholinergic | tiotropium
tizanidine | M03BX02 | 57258 | sedative | tizanidine
topiramate | N03AX11 | 38404 | antiepileptic | topiramate
torasemide | C03CA04 | 38413 | loop-diuretic sulfonamide-other antihypertensive | torasemide; torsemide
tramadol | N02AX02 | 10689 | opioid serotonergic sedative lowers-seizure-threshold | tramadol; ultracet
tranexamic-acid | B02AA02 | 10691 | | tranexamic acid
trihexyphenidyl | N04AA01 | | anticholinergic | trihexyphenidyl
trimethoprim | J01EA01 | 10829 | potassium-raising antifolate | trimethoprim; cotrimoxazole; co trimoxazole; septran; bactrim
valproate | N03AG01 | 40254 | antiepileptic | valproate; valproic acid; divalproex; sodium valproate
valsartan | C09CA03 | 69749 | arb antihypertensive | valsartan
vancomycin | J01XA01 | 11124 | | vancomycin
venlafaxine | N06AX16 | 39786 | snri serotonergic | venlafaxine
verapamil | C08DA01 | 11170 | rate-lowering-ccb moderate-cyp3a4-inhibitor rate-lowering antihypertensive | verapamil
vildagliptin | A10BH02 | | dpp4-inhibitor glucose-lowering | vildagliptin
warfarin | B01AA03 | 11289 | anticoagulant vitamin-k-antagonist | warfarin; वारफेरिन
acenocoumarol | B01AA07 | 154 | anticoagulant vitamin-k-antagonist | acenocoumarol; acitrom; nicoumalone
zinc | A12CB01 | | polyvalent-cation | zinc; zinc sulfate; zinc sulphate
zolpidem | N05CF02 | 39993 | sedative | zolpidem
`;

/** Fixed combinations: ATC code | ingredients. Only codes that name every part. */
export const COMBINATION_ROWS = `
J01CR02 | amoxicillin clavulanic-acid
J01CR05 | piperacillin tazobactam
J01EE01 | sulfamethoxazole trimethoprim
J04AM02 | rifampicin isoniazid
J04AM05 | rifampicin pyrazinamide isoniazid
J04AM06 | rifampicin pyrazinamide ethambutol isoniazid
C09DX04 | sacubitril valsartan
C09DB04 | telmisartan amlodipine
C09DA07 | telmisartan hydrochlorothiazide
C09DA01 | losartan hydrochlorothiazide
C09DB01 | valsartan amlodipine
A10BD07 | metformin sitagliptin
A10BD08 | metformin vildagliptin
R03AK06 | salmeterol fluticasone
G03AA07 | ethinylestradiol levonorgestrel
N02AJ13 | tramadol paracetamol
N02AJ06 | codeine paracetamol
`;
