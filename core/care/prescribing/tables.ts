// Reads our tables once and holds every row to its rules: whatever is broken stops the check instead of thinning it.
import { plainText } from '../words.ts';
import { ALLERGEN_GROUP_ROWS, CROSS_ALLERGY_ROWS, NO_ALLERGY_ROWS, OTHER_ALLERGEN_ROWS } from './allergy-rows.ts';
import { ADVICE, type AdviceId, EFFECTS, type EffectId, SEVERITIES, type Severity } from './findings.ts';
import { INGREDIENT_ROWS } from './ingredient-rows.ts';
import { INTERACTION_ROWS } from './interaction-rows.ts';
import { COMBINATION_ROWS, MORE_INGREDIENT_ROWS } from './more-ingredient-rows.ts';
import { AGE_ROWS, PREGNANCY_ROWS, PROBLEM_MEDICINE_ROWS, PROBLEM_ROWS } from './person-rows.ts';
import { CareTableFault, oneOf, readTable } from './table.ts';

export interface Ingredient {
  readonly id: string;
  readonly atc: readonly string[];
  readonly rxnorm: string | undefined;
  readonly classes: ReadonlySet<string>;
  readonly names: readonly string[];
}

interface Consequence {
  readonly severity: Severity;
  readonly effect: EffectId;
  readonly advice: AdviceId;
  readonly source: string;
}

export interface InteractionRow extends Consequence {
  readonly left: readonly string[];
  readonly right: readonly string[];
}
export interface PersonRow extends Consequence {
  readonly ids: readonly string[];
}
export interface AgeRow extends PersonRow {
  readonly from: number;
  readonly below: number;
}
export interface ProblemMedicineRow extends PersonRow {
  readonly problems: readonly string[];
}
export interface CrossAllergyRow extends PersonRow {
  readonly allergen: string;
}
/** What a coded or written concept is recognised by. */
export interface Recognised {
  readonly id: string;
  readonly snomed: readonly string[];
  readonly icd10: readonly string[];
  readonly names: readonly string[];
}
export interface AllergenGroup extends Recognised {
  readonly members: readonly string[];
}

export interface CareTables {
  readonly ingredients: ReadonlyMap<string, Ingredient>;
  readonly combinations: ReadonlyMap<string, readonly string[]>;
  readonly interactions: readonly InteractionRow[];
  readonly pregnancy: readonly PersonRow[];
  readonly ages: readonly AgeRow[];
  readonly problems: readonly Recognised[];
  readonly problemMedicines: readonly ProblemMedicineRow[];
  readonly allergenGroups: readonly AllergenGroup[];
  readonly crossAllergies: readonly CrossAllergyRow[];
  readonly otherAllergens: readonly Recognised[];
  readonly noAllergy: Recognised;
}

/** The texts the tables are read from. */
export const CARE_TABLE_TEXTS = {
  ingredients: INGREDIENT_ROWS + MORE_INGREDIENT_ROWS,
  combinations: COMBINATION_ROWS,
  interactions: INTERACTION_ROWS,
  pregnancy: PREGNANCY_ROWS,
  ages: AGE_ROWS,
  problems: PROBLEM_ROWS,
  problemMedicines: PROBLEM_MEDICINE_ROWS,
  allergenGroups: ALLERGEN_GROUP_ROWS,
  crossAllergies: CROSS_ALLERGY_ROWS,
  otherAllergens: OTHER_ALLERGEN_ROWS,
  noAllergy: NO_ALLERGY_ROWS,
} as const;

export type CareTableTexts = Readonly<Record<keyof typeof CARE_TABLE_TEXTS, string>>;

const list = (cell: string): string[] => cell.split(' ').filter((part) => part !== '');
const names = (cell: string): string[] => cell.split(';').map((part) => plainText(part.trim()));

/** Reads the tables; throws CareTableFault for a missing table, a broken row, an unknown id, or a pair named twice. */
export function readCareTables(texts: CareTableTexts = CARE_TABLE_TEXTS): CareTables {
  const ingredients = readIngredients(texts.ingredients);
  const classes = new Set([...ingredients.values()].flatMap((ingredient) => [...ingredient.classes]));
  for (const id of ingredients.keys()) {
    // A class named like an ingredient holds at least that ingredient, so that the word means one thing.
    if (classes.has(id) && !ingredients.get(id)!.classes.has(id))
      throw new CareTableFault(`${id} is ingredient and class`);
  }
  const ids = (name: string, cell: string): string[] => {
    const found = list(cell);
    for (const id of found)
      if (!ingredients.has(id) && !classes.has(id)) throw new CareTableFault(`table ${name}: unknown id ${id}`);
    return found;
  };
  const problems = readTable('problems', texts.problems, ['id', 'snomed', 'icd10', 'names']).map(recognised);
  const groups = readTable('allergen-groups', texts.allergenGroups, ['id', 'members', 'snomed', 'names'], ['snomed']);
  const allergenGroups = groups.map((row) => ({
    ...recognised({ ...row, icd10: '' }),
    members: ids('allergen-groups', row.members),
  }));
  return {
    ingredients,
    combinations: new Map(
      readTable('combinations', texts.combinations, ['atc', 'parts']).map((row) => [
        row.atc,
        ids('combinations', row.parts),
      ]),
    ),
    interactions: readInteractions(texts.interactions, ids),
    pregnancy: readTable('pregnancy', texts.pregnancy, ['ids', ...CONSEQUENCE]).map((row) => ({
      ids: ids('pregnancy', row.ids),
      ...consequence('pregnancy', row),
    })),
    ages: readTable('ages', texts.ages, ['ids', 'from', 'below', ...CONSEQUENCE]).map((row) => ({
      ids: ids('ages', row.ids),
      ...ageSpan(row.from, row.below),
      ...consequence('ages', row),
    })),
    problems,
    problemMedicines: readTable('problem-medicines', texts.problemMedicines, ['ids', 'problems', ...CONSEQUENCE]).map(
      (row) => ({
        ids: ids('problem-medicines', row.ids),
        problems: list(row.problems).map((id) =>
          oneOf(
            'problem-medicines',
            id,
            problems.map((problem) => problem.id),
          ),
        ),
        ...consequence('problem-medicines', row),
      }),
    ),
    allergenGroups,
    crossAllergies: readTable('cross-allergies', texts.crossAllergies, ['allergen', 'ids', ...CONSEQUENCE]).map(
      (row) => ({
        allergen: oneOf('cross-allergies', row.allergen, [
          ...allergenGroups.map(({ id }) => id),
          ...ingredients.keys(),
        ]),
        ids: ids('cross-allergies', row.ids),
        ...consequence('cross-allergies', row),
      }),
    ),
    otherAllergens: readTable('other-allergens', texts.otherAllergens, ['id', 'snomed', 'names'], ['snomed']).map(
      (row) => recognised({ ...row, icd10: '' }),
    ),
    noAllergy: recognised({
      id: 'none',
      icd10: '',
      ...readTable('no-allergy', texts.noAllergy, ['snomed', 'names'])[0]!,
    }),
  };
}

let own: CareTables | undefined;

/** Our own tables, read at the first use. Throws CareTableFault every time when they are broken. */
export function careTables(): CareTables {
  own ??= readCareTables();
  return own;
}

const CONSEQUENCE = ['severity', 'effect', 'advice', 'source'] as const;

function consequence(name: string, row: Readonly<Record<(typeof CONSEQUENCE)[number], string>>): Consequence {
  return {
    severity: oneOf(name, row.severity, SEVERITIES),
    effect: oneOf(name, row.effect, EFFECTS),
    advice: oneOf(name, row.advice, ADVICE),
    source: row.source,
  };
}

function ageSpan(fromCell: string, belowCell: string): { from: number; below: number } {
  const from = Number(fromCell);
  const below = Number(belowCell);
  if (!(from >= 0 && below > from)) throw new CareTableFault(`table ages: not a span: ${fromCell} to ${belowCell}`);
  return { from, below };
}

function recognised(row: Readonly<Record<'id' | 'snomed' | 'icd10' | 'names', string>>): Recognised {
  return { id: row.id, snomed: list(row.snomed), icd10: list(row.icd10), names: names(row.names) };
}

function readIngredients(text: string): Map<string, Ingredient> {
  const rows = readTable(
    'ingredients',
    text,
    ['id', 'atc', 'rxnorm', 'classes', 'names'],
    ['atc', 'rxnorm', 'classes'],
  );
  const ingredients = new Map<string, Ingredient>();
  const codes = new Set<string>();
  for (const row of rows) {
    if (ingredients.has(row.id)) throw new CareTableFault(`table ingredients: ${row.id} stands twice`);
    const own = [...list(row.atc), ...list(row.rxnorm)];
    for (const code of own) {
      if (codes.has(code)) throw new CareTableFault(`table ingredients: code ${code} stands twice`);
      codes.add(code);
    }
    ingredients.set(row.id, {
      id: row.id,
      atc: list(row.atc),
      rxnorm: list(row.rxnorm)[0],
      classes: new Set(list(row.classes)),
      names: names(row.names),
    });
  }
  return ingredients;
}

function readInteractions(text: string, ids: (name: string, cell: string) => string[]): InteractionRow[] {
  const seen = new Set<string>();
  return readTable('interactions', text, ['left', 'right', ...CONSEQUENCE]).map((row) => {
    const left = ids('interactions', row.left);
    const right = ids('interactions', row.right);
    for (const one of left) {
      for (const other of right) {
        const pair = [one, other].toSorted().join(' and ');
        if (seen.has(pair)) throw new CareTableFault(`table interactions: ${pair} stand twice`);
        seen.add(pair);
      }
    }
    return { left, right, ...consequence('interactions', row) };
  });
}
