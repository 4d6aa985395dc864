// Which ingredients a medicine holds, from its codes and its words. What is not recognised is named, never dropped.
import { plainText } from '../words.ts';
import { type Concept, conceptWords } from './findings.ts';
import type { CareTables } from './tables.ts';

const ATC_SYSTEMS = new Set(['http://www.whocc.no/atc', 'http://whocc.no/atc']);
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

export interface Identified {
  readonly ingredients: ReadonlySet<string>;
  /** Words, part by part, that may name a substance we do not know. */
  readonly unknownParts: readonly string[];
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** Salts written behind an ingredient: "losartan potassium" holds no potassium to speak of. */
const SALTS = words(
  'sodium potassium calcium magnesium zinc hydrochloride hcl sulfate sulphate maleate succinate tartrate besylate besilate mesylate phosphate acetate citrate fumarate nitrate bromide chloride monohydrate trihydrate medoxomil axetil proxetil propionate furoate dipropionate oxalate bisulfate',
);
/** Words of a label that name no substance. */
const LABEL_WORDS = words(
  'mg mcg ug g gm ml l iu unit units actuat hr h day days pack percent microgram micrograms milligram milligrams tablet tablets tab tabs capsule capsules cap caps oral injection inhaler inhalation inhaled syrup suspension solution cream ointment gel drops patch spray sachet powder metered dose dry extended release modified prolonged delayed effervescent chewable dispersible nasal ophthalmic eye ear topical auto injector prefilled syringe vial implant suppository in of per and with each the for once daily twice sr xr er cr mr ds forte plus low high strength film coated enteric gastro resistant controlled sustained long acting lotion foam paste shampoo nebules nebuliser respules rotacaps turbuhaler evohaler dpi mdi paediatric adult sugar free soluble lozenge pessary transdermal intravenous intramuscular subcutaneous mouth morning night needed before after food meals',
);

/** A name beside what it stands for, the longest first, so that "calcium carbonate" is found before "calcium". */
type Names = readonly { readonly steps: readonly string[]; readonly ids: readonly string[] }[];
const NAMES = new WeakMap<CareTables, Names>();

function namesOf(tables: CareTables): Names {
  const known = NAMES.get(tables);
  if (known !== undefined) return known;
  const ids = new Map<string, string[]>();
  for (const ingredient of tables.ingredients.values()) {
    for (const name of ingredient.names) ids.set(name, [...(ids.get(name) ?? []), ingredient.id]);
  }
  const sorted = [...ids]
    .map(([name, found]) => ({ steps: name.split(' '), ids: found }))
    .toSorted((one, other) => other.steps.length - one.steps.length);
  NAMES.set(tables, sorted);
  return sorted;
}

/** The ingredients of a coded or written medicine or substance; empty when nothing is recognised. */
export function identify(concept: Concept, tables: CareTables): Identified {
  const ingredients = new Set<string>();
  let whole = false;
  for (const { system, code } of concept.coding ?? []) {
    const found = byCode(system, code, tables);
    for (const id of found) ingredients.add(id);
    // A code names the whole medicine; words beside it can only add to it.
    if (found.length > 0) whole = true;
  }
  const unknownParts: string[] = [];
  const texts = new Set([concept.text, ...(concept.coding ?? []).map(({ display }) => display)]);
  for (const text of texts) {
    if (text === undefined) continue;
    for (const part of partsOf(text)) {
      const { found, rest } = namesIn(part, tables);
      for (const id of found) ingredients.add(id);
      if (rest.length > 0) unknownParts.push(rest.join(' '));
    }
  }
  return { ingredients, unknownParts: whole ? [] : [...new Set(unknownParts)] };
}

/** Whether anything is left to say: nothing recognised at all counts as one unknown whole. */
export function unrecognised(concept: Concept, identified: Identified): { whole: boolean; parts: readonly string[] } {
  if (identified.ingredients.size === 0) return { whole: true, parts: [conceptWords(concept)] };
  return { whole: false, parts: identified.unknownParts };
}

function byCode(system: string | undefined, code: string | undefined, tables: CareTables): readonly string[] {
  if (system === undefined || code === undefined) return [];
  if (ATC_SYSTEMS.has(system)) {
    const combination = tables.combinations.get(code);
    if (combination !== undefined) return combination;
    return [...tables.ingredients.values()].filter(({ atc }) => atc.includes(code)).map(({ id }) => id);
  }
  if (system === RXNORM)
    return [...tables.ingredients.values()].filter(({ rxnorm }) => rxnorm === code).map(({ id }) => id);
  return [];
}

/** The parts of a written combination: "amoxicillin 250 mg / clavulanate 125 mg". A slash between figures or units parts nothing. */
function partsOf(text: string): string[][] {
  return plainText(text)
    .split(/\s*[+&,()[\]]\s*|\s*\/\s*|\s+(?:and|with)\s+/u)
    .map((part) => part.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .filter((part) => part.length > 0);
}

/** A word that may name a substance: three letters or more, no figure in front, not a word of the label. */
function isSubstanceWord(word: string): boolean {
  return /^\p{L}[\p{L}\p{M}\p{N}]{2,}$/u.test(word) && !LABEL_WORDS.has(word) && !SALTS.has(word);
}

function namesIn(part: readonly string[], tables: CareTables): { found: string[]; rest: string[] } {
  const found: string[] = [];
  const rest: string[] = [];
  let at = 0;
  while (at < part.length) {
    const name = namesOf(tables).find(({ steps }) => steps.every((step, index) => part[at + index] === step));
    if (name === undefined) {
      if (isSubstanceWord(part[at]!)) rest.push(part[at]!);
      at += 1;
      continue;
    }
    found.push(...name.ids);
    at += name.steps.length;
    while (at < part.length && SALTS.has(part[at]!)) at += 1;
  }
  return { found, rest };
}
