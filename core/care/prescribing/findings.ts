// What a check of a prescription says. Ids only: the words people read are in the pages' locales.

/** How grave; in the order in which findings are shown. `caution`: possible, ask before giving. */
export const SEVERITIES = ['contraindicated', 'serious', 'moderate', 'caution'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FINDING_KINDS = [
  'allergy',
  'allergy-class',
  'allergy-cross',
  'interaction',
  'duplicate',
  'duplicate-class',
  'pregnancy',
  'age',
  'problem',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What may happen. */
export const EFFECTS = [
  'allergic-reaction',
  'angioedema',
  'asthma-attack',
  'bleeding',
  'blood-clots',
  'bone-marrow-damage',
  'breathing-depression',
  'confusion-and-falls',
  'digoxin-toxicity',
  'double-dose',
  'drug-level-falls',
  'drug-level-rises',
  'fluid-retention',
  'gout-attack',
  'harm-to-unborn',
  'hearing-or-kidney-damage',
  'high-blood-pressure',
  'high-potassium',
  'involuntary-movements',
  'jaundice-of-newborn',
  'kidney-damage',
  'lactic-acidosis',
  'less-absorbed',
  'less-effect',
  'lithium-toxicity',
  'liver-damage',
  'long-qt',
  'low-blood-pressure',
  'low-blood-sugar',
  'low-potassium',
  'low-sodium',
  'mania',
  'muscle-damage',
  'muscle-weakness',
  'raised-eye-pressure',
  'red-cell-damage',
  'reye-syndrome',
  'seizures',
  'serotonin-syndrome',
  'slow-heart',
  'stomach-ulcer',
  'suicidal-thoughts',
  'tendon-or-joint-damage',
  'tooth-discolouration',
  'unplanned-pregnancy',
  'urine-retention',
  'worse-heart-failure',
] as const;
export type EffectId = (typeof EFFECTS)[number];

/** What to do about it. */
export const ADVICE = [
  'do-not-give',
  'do-not-combine',
  'choose-another',
  'stop-one',
  'confirm-the-allergy',
  'lower-the-dose',
  'space-the-doses',
  'pause-the-other',
  'protect-the-stomach',
  'use-other-contraception',
  'use-lowest-dose',
  'watch-for-signs',
  'monitor-blood-count',
  'monitor-blood-pressure',
  'monitor-blood-sugar',
  'monitor-ecg',
  'monitor-inr',
  'monitor-kidneys',
  'monitor-levels',
  'monitor-potassium',
  'monitor-sodium',
  'ask-a-specialist',
] as const;
export type AdviceId = (typeof ADVICE)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly effect: EffectId;
  readonly advice: AdviceId;
  /** Ingredient of the medicine being prescribed. */
  readonly ingredient: string;
  /** The other side: ingredient of a current medicine, allergen, or problem group; an id of our tables. */
  readonly other?: string;
  /** The other medicine, allergy or problem in the words it was recorded with; undefined for age and pregnancy. */
  readonly against?: string;
  readonly source: string;
}

/** Something that could not be checked. A page shows every one: silence would read as "no conflict". */
export interface NotChecked {
  readonly kind:
    | 'medicine'
    | 'medicine-part'
    | 'current-medicine'
    | 'current-medicine-part'
    | 'allergy'
    | 'problems-not-given'
    | 'pregnancy-not-given';
  /** What was not checked, as recorded; empty where nothing was given. */
  readonly subject: string;
}

/** A FHIR R4 CodeableConcept, as much of it as is read here. */
export interface Concept {
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[];
  readonly text?: string;
}

/** The words a concept is shown with. */
export function conceptWords(concept: Concept): string {
  const display = concept.coding?.find((coding) => coding.display !== undefined)?.display;
  return (concept.text ?? display ?? concept.coding?.find(({ code }) => code !== undefined)?.code ?? '').trim();
}
