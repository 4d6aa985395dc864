/** What a scope lets be seen: in code for one row, in SQL for a search. Absent and invisible look the same. */
import type { TypeView } from '@clearchart/exchange';
import { CATEGORIES, type Category } from '@clearchart/records';
import type { IndexHash } from './index-hash.ts';
import type { OpenedVersion } from './opened-version.ts';
import { partOfVersion } from './partial-view.ts';
import type { AccessScope } from './ports.ts';
import { SUBJECT } from './tables.ts';

/** Types about the hospital itself; without a patient they are the directory. */
export const DIRECTORY_TYPES: ReadonlySet<string> = new Set([
  'HealthcareService',
  'Location',
  'Medication',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Substance',
]);

export interface Row {
  readonly category: Category;
  readonly subjects: readonly bigint[];
}

export interface SqlFragment {
  readonly sql: string;
  readonly values: readonly (string | number | bigint)[];
}

export class Visibility {
  readonly scope: AccessScope;
  readonly #subjects: ReadonlySet<bigint> | 'all';

  constructor(scope: AccessScope, hash: IndexHash) {
    this.scope = scope;
    this.#subjects =
      scope.subjects === 'all' ? 'all' : new Set([...scope.subjects].map((id) => hash.reference('Patient', id)));
  }

  seesType(type: string): boolean {
    return this.scope.types === 'all' || this.scope.types.has(type);
  }

  /** The part of a type that is shown; undefined when all of it is. */
  viewOf(type: string): TypeView | undefined {
    const view = this.scope.views?.get(type);
    return view === 'whole' ? undefined : view;
  }

  maySearch(type: string, parameter: string): boolean {
    return this.viewOf(type)?.parameters.has(parameter) !== false;
  }

  /** A version as it leaves. */
  shown<Version extends OpenedVersion>(version: Version): Version {
    const view = this.viewOf(version.type);
    return view === undefined ? version : partOfVersion(version, view);
  }

  mayWrite(type: string): boolean {
    return this.scope.write === 'all' || this.scope.write.has(type);
  }

  sees(type: string, { category, subjects }: Row): boolean {
    if (!this.seesType(type)) return false;
    if (this.scope.categories !== 'all' && !this.scope.categories.has(category)) return false;
    if (subjects.length === 0 && DIRECTORY_TYPES.has(type)) return this.scope.directory;
    return this.#subjects === 'all' || subjects.some((subject) => this.seesSubject(subject));
  }

  seesSubject(subject: bigint): boolean {
    return this.#subjects === 'all' || this.#subjects.has(subject);
  }

  /** Whether a version may be written: all its patients must be in sight, not one of them. */
  mayHold(type: string, subjects: readonly bigint[]): boolean {
    if (this.#subjects === 'all') return true;
    if (subjects.length === 0) return DIRECTORY_TYPES.has(type) && this.scope.directory;
    return subjects.every((subject) => this.seesSubject(subject));
  }

  /** The one patient whose record holds everything of this type in sight, if there is just one. */
  onlySubject(type: string): bigint | undefined {
    if (this.#subjects === 'all' || this.#subjects.size !== 1) return undefined;
    if (DIRECTORY_TYPES.has(type) && this.scope.directory) return undefined;
    return this.#subjects.values().next().value;
  }

  /** A condition on the row `alias` of `resources`, for a type that is seen at all. */
  condition(type: string, alias: string): SqlFragment {
    if (!this.seesType(type)) return { sql: '0', values: [] };
    const parts: string[] = [];
    const values: (string | number | bigint)[] = [];
    const { categories } = this.scope;
    if (categories !== 'all') {
      const codes = CATEGORIES.flatMap((category, code) => (categories.has(category) ? [code] : []));
      parts.push(`${alias}.category IN (${codes.join(',')})`);
    }
    const directory = DIRECTORY_TYPES.has(type);
    const subjects = this.#subjectCondition(alias, values);
    const none = `NOT EXISTS (SELECT 1 FROM links n WHERE n.rid = ${alias}.rid AND n.parameter = ${SUBJECT})`;
    if (directory) parts.push(this.scope.directory ? `(${none} OR ${subjects})` : `(NOT ${none} AND ${subjects})`);
    else parts.push(subjects);
    return { sql: parts.filter((part) => part !== '1').join(' AND ') || '1', values };
  }

  #subjectCondition(alias: string, values: (string | number | bigint)[]): string {
    if (this.#subjects === 'all') return '1';
    if (this.#subjects.size === 0) return '0';
    const list = [...this.#subjects];
    const first = list[0];
    if (list.length === 1 && first !== undefined) {
      values.push(first);
      return `EXISTS (SELECT 1 FROM links s WHERE s.rid = ${alias}.rid AND s.parameter = ${SUBJECT} AND s.target = ?)`;
    }
    values.push(`[${list.join(',')}]`);
    return `EXISTS (SELECT 1 FROM links s WHERE s.rid = ${alias}.rid AND s.parameter = ${SUBJECT} AND s.target IN (SELECT value FROM json_each(?)))`;
  }
}
