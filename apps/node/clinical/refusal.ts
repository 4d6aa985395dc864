/** A request that is answered with "no", as FHIR says it: status, issue type, and a stable code of ours. */
import type { Issue } from './definitions/search-parameter.ts';

export class Refusal extends Error {
  readonly status: number;
  /** Stable code, also in OperationOutcome.issue.details.coding. */
  readonly code: string;
  readonly issues: readonly Issue[];

  constructor(status: number, code: string, issues: readonly Issue[]) {
    super(code);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

export function refuse(status: number, code: string, issueType: string, text: string): Refusal {
  return new Refusal(status, code, [{ severity: 'error', code: issueType, text }]);
}

/** Absent and invisible look the same. */
export const notFound = (): Refusal => refuse(404, 'not-found', 'not-found', 'Not found');
export const methodNotAllowed = (): Refusal =>
  refuse(405, 'method-not-allowed', 'not-supported', 'This method is not offered here');
export const gone = (): Refusal => refuse(410, 'deleted', 'deleted', 'The resource has been deleted');
export const forbidden = (): Refusal => refuse(403, 'forbidden', 'forbidden', 'Your role may not do this');
export const badSearch = (text: string, code = 'bad-search'): Refusal => refuse(400, code, 'invalid', text);
export const unsupportedSearch = (text: string): Refusal => refuse(400, 'search-not-supported', 'not-supported', text);
export const tooCostly = (text: string): Refusal => refuse(400, 'too-costly', 'too-costly', text);
export const conflictingVersion = (): Refusal =>
  refuse(412, 'version-conflict', 'conflict', 'The resource has changed since the version you name');
