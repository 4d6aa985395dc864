// Checks one medicine against a person's allergies, other medicines, problems, age and pregnancy.
// It fails loudly: what it cannot map is in `notChecked`, and a broken table throws. A clinician has not reviewed the tables.
import { allergensOf, isRecognised } from './allergens.ts';
import { type Concept, conceptWords, type Finding, FINDING_KINDS, type NotChecked, SEVERITIES } from './findings.ts';
import { identify, unrecognised } from './identify.ts';
import { type CareTables, careTables } from './tables.ts';

/** Most lines of a kind that one check looks at; more is a fault of the caller. */
export const MAX_LINES = 500;

/** Classes of which two at once are one too many. Source: BNF and STOPP criteria version 3 (any duplicate class). */
export const DUPLICATE_CLASSES = [
  'ace-inhibitor',
  'alpha-blocker',
  'anticoagulant',
  'antipsychotic',
  'arb',
  'benzodiazepine',
  'beta-blocker',
  'corticosteroid',
  'dihydropyridine',
  'fibrate',
  'fluoroquinolone',
  'h2-blocker',
  'loop-diuretic',
  'macrolide',
  'nsaid',
  'opioid',
  'penicillin',
  'ppi',
  'sglt2-inhibitor',
  'dpp4-inhibitor',
  'snri',
  'ssri',
  'statin',
  'sulfonylurea',
  'thiazide',
  'tricyclic',
] as const;

export interface PrescriptionCheck {
  readonly medicine: Concept;
  /** The other medicines taken now, without the one this replaces. */
  readonly current: readonly Concept[];
  /** Allergies that hold: the caller leaves out refuted and entered-in-error ones. */
  readonly allergies: readonly Concept[];
  /** Active problems; undefined says that they were not looked up. */
  readonly problems?: readonly Concept[] | undefined;
  /** Years; a fraction counts. */
  readonly age: number;
  /** False for who is not or cannot be; undefined says that nobody asked. */
  readonly pregnant?: boolean | undefined;
}

export interface PrescriptionAnswer {
  /** Gravest first; the order of the current medicines does not matter. */
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}

/** Throws CareTableFault when a table is broken, RangeError for an age that cannot be or too many lines. */
export function checkPrescription(check: PrescriptionCheck, tables: CareTables = careTables()): PrescriptionAnswer {
  assertInput(check);
  const notChecked: NotChecked[] = [];
  const medicine = identified(check.medicine, 'medicine', tables, notChecked);
  const findings = [
    ...againstAllergies(check, medicine, tables, notChecked),
    ...againstCurrent(check, medicine, tables, notChecked),
    ...againstPerson(check, medicine, tables, notChecked),
  ];
  return { findings: ordered(findings), notChecked: orderedNotChecked(notChecked) };
}

function assertInput({ age, current, allergies, problems }: PrescriptionCheck): void {
  if (!(age >= 0 && age <= 150)) throw new RangeError('age must be years between 0 and 150');
  for (const lines of [current, allergies, problems ?? []]) {
    if (lines.length > MAX_LINES) throw new RangeError(`more than ${MAX_LINES} lines`);
  }
}

function identified(
  concept: Concept,
  kind: 'medicine' | 'current-medicine',
  tables: CareTables,
  notChecked: NotChecked[],
): string[] {
  const found = identify(concept, tables);
  const { whole, parts } = unrecognised(concept, found);
  for (const subject of parts) notChecked.push({ kind: whole ? kind : `${kind}-part`, subject });
  return [...found.ingredients];
}

/** Whether an ingredient is one of the ids, or belongs to a class among them. */
function among(ingredient: string, ids: readonly string[], tables: CareTables): boolean {
  const classes = tables.ingredients.get(ingredient)?.classes;
  return ids.some((id) => id === ingredient || classes?.has(id) === true);
}

function againstAllergies(
  check: PrescriptionCheck,
  medicine: readonly string[],
  tables: CareTables,
  notChecked: NotChecked[],
): Finding[] {
  const findings: Finding[] = [];
  for (const allergy of check.allergies) {
    const against = conceptWords(allergy);
    const { ingredients, groups, harmless, unknownParts } = allergensOf(allergy, tables);
    if (ingredients.size + groups.size === 0 && !harmless) notChecked.push({ kind: 'allergy', subject: against });
    for (const subject of unknownParts) notChecked.push({ kind: 'allergy', subject });
    for (const ingredient of medicine) {
      findings.push(...allergyFindings(ingredient, ingredients, groups, against, tables));
    }
  }
  return findings;
}

const ALLERGY = { severity: 'contraindicated', effect: 'allergic-reaction', advice: 'choose-another' } as const;
const ALLERGY_SOURCE = 'NICE CG183 (drug allergy), 1.2';

function allergyFindings(
  ingredient: string,
  ingredients: ReadonlySet<string>,
  groups: ReadonlySet<string>,
  against: string,
  tables: CareTables,
): Finding[] {
  const base = { ingredient, against };
  if (ingredients.has(ingredient)) {
    return [{ kind: 'allergy', ...ALLERGY, source: ALLERGY_SOURCE, ...base, other: ingredient }];
  }
  const named = tables.allergenGroups.filter(
    (group) => groups.has(group.id) || [...ingredients].some((id) => among(id, group.members, tables)),
  );
  const same = named.find((group) => among(ingredient, group.members, tables));
  if (same !== undefined) {
    const source = `${ALLERGY_SOURCE}; AAAAI/ACAAI 2022`;
    return [{ kind: 'allergy-class', ...ALLERGY, source, ...base, other: same.id }];
  }
  return tables.crossAllergies
    .filter(
      ({ allergen, ids }) =>
        (named.some(({ id }) => id === allergen) || ingredients.has(allergen)) && among(ingredient, ids, tables),
    )
    .map((row) => ({ kind: 'allergy-cross', ...consequenceOf(row), ...base, other: row.allergen }));
}

function againstCurrent(
  check: PrescriptionCheck,
  medicine: readonly string[],
  tables: CareTables,
  notChecked: NotChecked[],
): Finding[] {
  const findings: Finding[] = [];
  for (const line of check.current) {
    const against = conceptWords(line);
    for (const other of identified(line, 'current-medicine', tables, notChecked)) {
      for (const ingredient of medicine) findings.push(...pairFindings(ingredient, other, against, tables));
    }
  }
  return findings;
}

function pairFindings(ingredient: string, other: string, against: string, tables: CareTables): Finding[] {
  const base = { ingredient, other, against };
  const twice = {
    effect: 'double-dose',
    advice: 'stop-one',
    source: 'STOPP criteria version 3, A3 (duplicate class)',
  } as const;
  if (ingredient === other) return [{ kind: 'duplicate', severity: 'serious', ...twice, ...base }];
  const findings: Finding[] = [];
  const classes = tables.ingredients.get(other)?.classes;
  if (
    DUPLICATE_CLASSES.some((id) => classes?.has(id) === true && among(ingredient, [id], tables)) &&
    !isLowDoseAspirinPair(ingredient, other)
  ) {
    findings.push({ kind: 'duplicate-class', severity: 'moderate', ...twice, ...base });
  }
  for (const row of tables.interactions) {
    const meets =
      (among(ingredient, row.left, tables) && among(other, row.right, tables)) ||
      (among(ingredient, row.right, tables) && among(other, row.left, tables));
    if (meets) findings.push({ kind: 'interaction', ...consequenceOf(row), ...base });
  }
  return findings;
}

/** Aspirin beside another NSAID is an interaction of its own, not a duplicate: it is given for the vessels. */
function isLowDoseAspirinPair(ingredient: string, other: string): boolean {
  return ingredient === 'aspirin' || other === 'aspirin';
}

function againstPerson(
  check: PrescriptionCheck,
  medicine: readonly string[],
  tables: CareTables,
  notChecked: NotChecked[],
): Finding[] {
  const problems = (check.problems ?? []).map((concept) => ({
    against: conceptWords(concept),
    groups: new Set(tables.problems.filter((problem) => isRecognised(concept, problem)).map(({ id }) => id)),
  }));
  if (check.problems === undefined) notChecked.push({ kind: 'problems-not-given', subject: '' });
  // A pregnancy among the problems counts against a "no": who asks may not have seen it.
  const pregnant = problems.some(({ groups }) => groups.has('pregnancy')) ? true : check.pregnant;
  const findings: Finding[] = [];
  for (const ingredient of medicine) {
    const pregnancy = tables.pregnancy.filter(({ ids }) => among(ingredient, ids, tables));
    if (pregnant === true)
      for (const row of pregnancy) findings.push({ kind: 'pregnancy', ...consequenceOf(row), ingredient });
    else if (pregnant === undefined && pregnancy.length > 0 && check.age >= 12 && check.age < 55) {
      notChecked.push({ kind: 'pregnancy-not-given', subject: '' });
    }
    for (const row of tables.ages) {
      if (check.age < row.from || check.age >= row.below || !among(ingredient, row.ids, tables)) continue;
      findings.push({ kind: 'age', ...consequenceOf(row), ingredient });
    }
    for (const row of tables.problemMedicines.filter(({ ids }) => among(ingredient, ids, tables))) {
      for (const { against, groups } of problems) {
        const other = row.problems.find((id) => groups.has(id));
        if (other !== undefined) findings.push({ kind: 'problem', ...consequenceOf(row), ingredient, other, against });
      }
    }
  }
  return findings;
}

type Consequence = Pick<Finding, 'severity' | 'effect' | 'advice' | 'source'>;

/** What a row of a table says, without the words by which it was found. */
function consequenceOf({ severity, effect, advice, source }: Consequence): Consequence {
  return { severity, effect, advice, source };
}

/** Gravest first; of several rows that say the same of the same two, the gravest stays. */
function ordered(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity) * 100 + FINDING_KINDS.indexOf(finding.kind);
  const key = ({ kind, effect, ingredient, other, against }: Finding) =>
    [kind, ingredient, other, against, effect].join('|');
  const sorted = findings.toSorted(
    (one, next) => rank(one) - rank(next) || compare(key(one), key(next)) || compare(one.source, next.source),
  );
  const kept = new Map<string, Finding>();
  for (const finding of sorted) if (!kept.has(key(finding))) kept.set(key(finding), finding);
  return [...kept.values()];
}

function orderedNotChecked(all: readonly NotChecked[]): NotChecked[] {
  const unique = new Map(all.map((each) => [`${each.kind}|${each.subject}`, each]));
  return [...unique].toSorted(([one], [other]) => compare(one, other)).map(([, each]) => each);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
