// The medicines one can search as one types. A list of what is common, not of what is allowed: any other is written in words.
import type { Concept } from '../prescribing/findings.ts';
import { CareTableFault, oneOf, readTable } from '../prescribing/table.ts';
import { type CareTables, careTables } from '../prescribing/tables.ts';
import { plainText } from '../words.ts';
import { MEDICINE_ROWS } from './medicine-rows.ts';

export const FORMS = ['tablet', 'capsule', 'syrup', 'inhaler', 'spray', 'injection', 'sachet', 'cream'] as const;
export const ROUTES = ['oral', 'sublingual', 'inhalation', 'subcutaneous', 'topical'] as const;

export interface FormularyMedicine {
  /** Stable: ingredients and form, as "amoxicillin+clavulanic-acid/tablet". */
  readonly id: string;
  /** Ids of the interaction tables. */
  readonly ingredients: readonly string[];
  /** WHO ATC code. */
  readonly atc: string;
  /** International non-proprietary names, in English. */
  readonly name: string;
  readonly form: (typeof FORMS)[number];
  readonly route: (typeof ROUTES)[number];
  readonly strengths: readonly string[];
  /** Doses in the morning, at noon, at night ("1-0-1"), or "sos" (when needed), "once", "weekly"; the usual one first. */
  readonly patterns: readonly string[];
}

interface Searchable {
  readonly medicine: FormularyMedicine;
  /** Names and brands, as plain text. */
  readonly names: readonly string[];
}

/** Most medicines one search answers with. */
export const MAX_FOUND = 20;

const ATC = 'http://www.whocc.no/atc';
const PATTERN = /^(?:[0-9]-[0-9]-[0-9]|sos|once|weekly)$/;

let own: readonly Searchable[] | undefined;

/** Reads the rows; throws CareTableFault for a broken one. */
export function readMedicines(text: string = MEDICINE_ROWS, tables: CareTables = careTables()): FormularyMedicine[] {
  const columns = ['ingredients', 'atc', 'form', 'route', 'strengths', 'patterns'] as const;
  const seen = new Set<string>();
  return readTable('medicines', text, columns).map((row) => {
    const ingredients = row.ingredients.split(' ');
    const names = ingredients.map((id) => {
      const ingredient = tables.ingredients.get(id);
      if (ingredient === undefined) throw new CareTableFault(`table medicines: unknown ingredient ${id}`);
      return ingredient.names[0]!;
    });
    const id = `${ingredients.join('+')}/${row.form}`;
    if (seen.has(id)) throw new CareTableFault(`table medicines: ${id} stands twice`);
    seen.add(id);
    const patterns = row.patterns.split('; ');
    const odd = patterns.find((pattern) => !PATTERN.test(pattern));
    if (odd !== undefined) throw new CareTableFault(`table medicines: not a pattern: ${odd}`);
    return {
      id,
      ingredients,
      atc: row.atc,
      name: capital(names.join(' + ')),
      form: oneOf('medicines', row.form, FORMS),
      route: oneOf('medicines', row.route, ROUTES),
      strengths: row.strengths.split('; '),
      patterns,
    };
  });
}

/** All of them, in the order of the table. */
export function medicines(): readonly FormularyMedicine[] {
  return searchable().map(({ medicine }) => medicine);
}

/** The medicine with an id, as kept among favourites; undefined when there is none. */
export function medicineById(id: string): FormularyMedicine | undefined {
  return medicines().find((medicine) => medicine.id === id);
}

/** Medicines with a name or brand that begins with what was typed, then those with a later word that does; at most MAX_FOUND. */
export function searchMedicines(typed: string): FormularyMedicine[] {
  const query = plainText(typed).trim().replace(/\s+/g, ' ');
  if (query === '') return [];
  const rank = ({ names }: Searchable): number => {
    if (names.some((name) => name.startsWith(query))) return 0;
    return names.some((name) => name.includes(` ${query}`)) ? 1 : 2;
  };
  return searchable()
    .map((each) => ({ each, order: rank(each) * 10 + each.medicine.ingredients.length }))
    .filter(({ order }) => order < 20)
    .toSorted((one, other) => one.order - other.order)
    .slice(0, MAX_FOUND)
    .map(({ each }) => each.medicine);
}

/** The medicine as FHIR records it and as checkPrescription reads it: ATC code, and name with strength in words. */
export function medicineConcept({ atc, name }: FormularyMedicine, strength: string): Concept {
  return { coding: [{ system: ATC, code: atc, display: name }], text: `${name} ${strength}` };
}

function searchable(): readonly Searchable[] {
  const { ingredients } = careTables();
  own ??= readMedicines().map((medicine) => ({
    medicine,
    // A brand of several ingredients is the name only of a medicine that holds them all.
    names: medicine.ingredients
      .flatMap((id) => ingredients.get(id)!.names)
      .filter((name) =>
        [...ingredients.values()].every((each) => !each.names.includes(name) || medicine.ingredients.includes(each.id)),
      ),
  }));
  return own;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
