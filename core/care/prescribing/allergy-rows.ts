// Allergies: groups of medicines that share one, what crosses over, and allergens that are no medicine.

/** Group | member ids | SNOMED CT codes of the substance or the allergy | words, any of them. */
export const ALLERGEN_GROUP_ROWS = `
penicillins | penicillin penicillin-partner | 764146007 373270004 91936005 | penicillin; penicillins; beta lactam; पेनिसिलिन; पेनिसिलीन
cephalosporins | cephalosporin | | cephalosporin; cephalosporins; cefalosporin; सेफलोस्पोरिन
carbapenems | carbapenem | 396345004 | carbapenem; carbapenems
sulfonamides | sulfonamide-antibiotic | 387406002 91939003 | sulfonamide; sulfonamides; sulphonamide; sulfa; sulpha; sulfa drugs; सल्फा
nsaids | nsaid | 372665008 293585002 293586001 | nsaid; nsaids; non steroidal anti inflammatory; anti inflammatory; painkiller; painkillers; दर्द निवारक
macrolides | macrolide | 428787002 | macrolide; macrolides
fluoroquinolones | fluoroquinolone | | fluoroquinolone; quinolone; quinolones; fluoroquinolones
tetracyclines | tetracycline | 372809001 | tetracycline; tetracyclines
aminoglycosides | aminoglycoside | | aminoglycoside; aminoglycosides
opioids | opioid | 404642006 | opioid; opioids; opiate; opiates
ace-inhibitors | ace-inhibitor | 372733002 | ace inhibitor; ace inhibitors; angiotensin converting enzyme inhibitor
angiotensin-blockers | arb | 372913009 | arb; angiotensin receptor blocker
statins | statin | 372912004 | statin; statins
thiazides | thiazide | | thiazide; thiazides
beta-blockers | beta-blocker | 373254001 | beta blocker; beta blockers
antiepileptics | carbamazepine phenytoin phenobarbital | | aromatic anticonvulsant; anticonvulsants; antiepileptics
contrast-media | contrast | 426722004 | contrast; contrast medium; iodinated contrast; radiocontrast
azoles | azole | | azole; azoles; azole antifungal
proton-pump-inhibitors | ppi | | ppi; proton pump inhibitor
heparins | heparin enoxaparin | | heparins; low molecular weight heparin
iron-products | iron | | iron product
thiopurines | thiopurine | | thiopurine; mercaptopurine
`;

/** Allergic to (group or ingredient) | ids | severity | effect | advice | source. A pair already in one group needs no row. */
export const CROSS_ALLERGY_ROWS = `
penicillins | cephalosporin | caution | allergic-reaction | confirm-the-allergy | AAAAI/ACAAI drug allergy parameter 2022; NICE CG183
cephalosporins | penicillin | caution | allergic-reaction | confirm-the-allergy | AAAAI/ACAAI drug allergy parameter 2022
penicillins | carbapenem | caution | allergic-reaction | confirm-the-allergy | AAAAI/ACAAI drug allergy parameter 2022 (under 1 %)
cephalosporins | carbapenem | caution | allergic-reaction | confirm-the-allergy | AAAAI/ACAAI drug allergy parameter 2022
carbapenems | penicillin cephalosporin | caution | allergic-reaction | confirm-the-allergy | AAAAI/ACAAI drug allergy parameter 2022
sulfonamides | sulfonamide-other | caution | allergic-reaction | confirm-the-allergy | Strom NEJM 2003: cross-reaction is unlikely; FDA labels
ace-inhibitors | sacubitril | contraindicated | angioedema | do-not-give | FDA label sacubitril and valsartan section 4
ace-inhibitors | arb | caution | angioedema | confirm-the-allergy | Haymore Ann Allergy 2008; BNF
angiotensin-blockers | ace-inhibitor sacubitril | caution | angioedema | confirm-the-allergy | BNF: angioedema
antiepileptics | lamotrigine | caution | allergic-reaction | confirm-the-allergy | FDA label lamotrigine section 5
`;

/** Allergens for which our table holds no medicine: an allergy to them is understood, and no medicine is kept back for it. */
export const OTHER_ALLERGEN_ROWS = `
peanut | 762952008 91935009 | peanut; peanuts; groundnut; groundnuts; मूंगफली
tree-nut | 91934008 | nut; nuts; cashew; almond; walnut
milk | 425525006 782555009 | milk; dairy; dairy product; lactose; दूध
egg | 91930004 | egg; eggs; अंडा
fish | 417532002 | fish; मछली
shellfish | 300913006 | shellfish; prawn; prawns; shrimp; crab
soya | 782594005 | soya; soy
wheat | 420174000 | wheat; gluten; गेहूं
sesame | | sesame; til
dust-mite | 260147004 232350006 | house dust mite; dust mite; dust mites; dust; धूल
pollen | 418689008 419263009 | pollen; grass pollen; tree pollen; grass; parthenium; पराग
mould | 419474003 | mould; mold
animal | 232347008 | dander; animal dander; cat; dog; cats; dogs; fur
insect | 424213003 | bee venom; bee; wasp; wasp venom; insect bite; insect sting
latex | 300916003 111088007 | latex; rubber
nickel | | nickel
cosmetics | | hair dye; perfume; fragrance; soap; detergent
`;

/** An allergy line that says there is none: SNOMED CT codes | the whole text, exactly. */
export const NO_ALLERGY_ROWS = `
716186003 409137002 429625007 428607008 | no known allergy; no known allergies; no known drug allergy; no known drug allergies; nkda; nka; none; no allergies; no allergy; nil; nil known; none known; no; कोई एलर्जी नहीं; कोई नहीं; नहीं
`;
