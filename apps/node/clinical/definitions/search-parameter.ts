/** The small table that the worker hands to the main thread: type × parameter → kind. */
export type ParameterKind = 'token' | 'string' | 'date' | 'reference' | 'quantity' | 'number' | 'uri';

export interface SearchParameter {
  readonly code: string;
  readonly kind: ParameterKind;
  /** Canonical URL of the definition. */
  readonly url: string;
  /** Resource types a reference may name; empty when any. */
  readonly targets: readonly string[];
}

export type ParameterTable = ReadonlyMap<string, ReadonlyMap<string, SearchParameter>>;

/** Elements at the top of a type: those in its summary, those that must be there. */
export interface TypeElements {
  readonly summary: ReadonlySet<string>;
  readonly mandatory: ReadonlySet<string>;
}

export interface DefinitionTable {
  readonly types: ReadonlySet<string>;
  readonly parameters: ParameterTable;
  readonly elements: ReadonlyMap<string, TypeElements>;
}

export function parameterNames({ parameters }: DefinitionTable): (readonly [type: string, code: string])[] {
  return [...parameters].flatMap(([type, list]) => [...list.keys()].map((code) => [type, code] as const));
}

/** The table on its way from the worker. */
export interface TypeDefinition {
  readonly type: string;
  readonly parameters: readonly SearchParameter[];
  readonly summary: readonly string[];
  readonly mandatory: readonly string[];
}

/** One value of one parameter as the index needs it, before hashing; dates in ms since the epoch, both ends inclusive. */
export type IndexValue =
  | { readonly kind: 'token'; readonly code: string; readonly system?: string; readonly value?: string }
  | { readonly kind: 'string'; readonly code: string; readonly text: string }
  | { readonly kind: 'uri'; readonly code: string; readonly text: string }
  | {
      readonly kind: 'reference';
      readonly code: string;
      readonly reference?: string;
      readonly system?: string;
      readonly value?: string;
    }
  | { readonly kind: 'date'; readonly code: string; readonly low: number; readonly high: number }
  | {
      readonly kind: 'number';
      readonly code: string;
      readonly low: number;
      readonly high: number;
      readonly system?: string;
      readonly unitCode?: string;
      readonly unit?: string;
    };

export interface Issue {
  readonly severity: 'error' | 'warning';
  /** FHIR R4 issue-type. */
  readonly code: string;
  readonly text: string;
  readonly expression?: readonly string[];
}

/** What the worker says about one resource. */
export interface Examined {
  /** Errors only; empty when the resource may be stored. */
  readonly issues: readonly Issue[];
  readonly values: readonly IndexValue[];
  /** FHIR ids of the patients whose record this is part of. */
  readonly subjects: readonly string[];
}
