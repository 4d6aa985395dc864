// All symptoms and warning signs, and the ids found in what a person wrote.
import { words } from '../words.ts';
import { MORE_WARNING_SIGNS } from './more-warning-signs.ts';
import { affirmed, compilePhrase, type Phrase } from './phrases.ts';
import type { BodyArea, SymptomRow } from './symptom.ts';
import { BODY_SYMPTOMS } from './symptoms-body.ts';
import { LIMB_SKIN_MIND_SYMPTOMS } from './symptoms-limbs-skin-mind.ts';
import { WARNING_SIGNS } from './warning-signs.ts';

const CHIPS = [...BODY_SYMPTOMS, ...LIMB_SKIN_MIND_SYMPTOMS] as const;
const SIGNS = [...WARNING_SIGNS, ...MORE_WARNING_SIGNS] as const;

export type ChipId = (typeof CHIPS)[number]['id'];
/** A chip, or a sign that is only written or ticked under a red flag. */
export type SymptomId = ChipId | (typeof SIGNS)[number]['id'];

export interface Symptom extends SymptomRow {
  readonly id: SymptomId;
}

/** The symptoms to tap, in the order of the body areas. */
export const symptoms: readonly (Symptom & { readonly id: ChipId })[] = CHIPS;

export const warningSigns: readonly Symptom[] = SIGNS;

const BY_ID: ReadonlyMap<string, Symptom> = new Map([...CHIPS, ...SIGNS].map((row) => [row.id, row]));

export function symptomById(id: string): Symptom | undefined {
  return BY_ID.get(id);
}

/** The symptoms to tap of one body area, in the order to show them. */
export function symptomsOf(area: BodyArea): readonly (Symptom & { readonly id: ChipId })[] {
  return symptoms.filter((symptom) => symptom.area === area);
}

const PHRASES: ReadonlyMap<SymptomId, readonly Phrase[]> = new Map(
  [...BY_ID.values()].map((row) => [row.id, `${row.en}; ${row.hi}`.split('; ').map(compilePhrase)]),
);

/** What a text says a person has, by whole words; plainly denied symptoms are left out, doubtful ones stay in. */
export function symptomsInText(text: string): ReadonlySet<SymptomId> {
  return affirmed(words(text), PHRASES);
}
