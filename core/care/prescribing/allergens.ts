// What an allergy line is about: ingredients and groups of them, something that is no medicine, or nothing we know.
import { plainText, words } from '../words.ts';
import type { Concept } from './findings.ts';
import { identify } from './identify.ts';
import type { CareTables, Recognised } from './tables.ts';

export interface Allergens {
  readonly ingredients: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** The line says that there is no allergy, or names something that is no medicine. */
  readonly harmless: boolean;
  /** Words of the line, beside those recognised, that may name another allergen. */
  readonly unknownParts: readonly string[];
}

const SNOMED = 'http://snomed.info/sct';
/** Words of an allergy line that name no substance. */
const LINE_WORDS = new Set(
  'allergy allergic allergies to drug drugs medicine medicines reaction intolerance hypersensitivity sensitivity injection tablet tablets rash rashes hives itching swelling anaphylaxis anaphylactic angioedema vomiting nausea breathlessness face throat tongue lips child childhood caused causes gave gives since after year years severe mild known substance product products एलर्जी दवा से की का'.split(
    ' ',
  ),
);
/** Words that stand for more than the group they are counted to; the line stays named as not checked. */
const VAGUE = new Set(plainText('painkiller painkillers दर्द निवारक').split(' '));

/** Whether a concept has one of the codes, or one of the names as whole words in its texts. */
export function isRecognised(concept: Concept, { snomed, icd10, names }: Recognised): boolean {
  for (const { system, code } of concept.coding ?? []) {
    if (code === undefined) continue;
    if (system === SNOMED && snomed.includes(code)) return true;
    if (system?.includes('icd-10') === true && icd10.some((prefix) => code.startsWith(prefix))) return true;
  }
  return textsOf(concept).some((text) => {
    const line = ` ${words(text).join(' ')} `;
    return names.some((name) => line.includes(` ${words(name).join(' ')} `));
  });
}

function textsOf(concept: Concept): string[] {
  return [concept.text, ...(concept.coding ?? []).map(({ display }) => display)].filter((text) => text !== undefined);
}

/** Reads an allergy line. Nothing recognised at all: no ingredients, no groups, not harmless. */
export function allergensOf(concept: Concept, tables: CareTables): Allergens {
  const identified = identify(concept, tables);
  const groups = new Set(tables.allergenGroups.filter((group) => isRecognised(concept, group)).map(({ id }) => id));
  const others = tables.otherAllergens.filter((other) => isRecognised(concept, other));
  const medicines = identified.ingredients.size + groups.size;
  if (medicines === 0 && others.length === 0) {
    return { ingredients: new Set(), groups, harmless: saysNone(concept, tables), unknownParts: [] };
  }
  const recognisedNames = [...tables.allergenGroups.filter(({ id }) => groups.has(id)), ...others].flatMap(
    ({ names }) => names,
  );
  return {
    ingredients: identified.ingredients,
    groups,
    harmless: medicines === 0,
    unknownParts: identified.unknownParts.filter((part) => !isCovered(part, recognisedNames)),
  };
}

function saysNone(concept: Concept, tables: CareTables): boolean {
  const { snomed, names } = tables.noAllergy;
  if (
    (concept.coding ?? []).some(({ system, code }) => system === SNOMED && code !== undefined && snomed.includes(code))
  )
    return true;
  const texts = textsOf(concept);
  return texts.length > 0 && texts.every((text) => names.includes(plainText(text.trim()).replace(/[.!]+$/, '')));
}

function isCovered(part: string, names: readonly string[]): boolean {
  const known = new Set(names.flatMap((name) => name.split(' ')));
  return part.split(' ').every((word) => !VAGUE.has(word) && (known.has(word) || LINE_WORDS.has(word)));
}
