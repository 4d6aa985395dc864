/** Refusals as FHIR says them. */
import type { Refusal } from './refusal.ts';

const CODES = 'urn:clearchart:refusal';

export function outcomeOf({ issues, code }: Refusal): object {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map((issue) => ({
      severity: issue.severity,
      code: issue.code,
      details: { coding: [{ system: CODES, code }], text: issue.text },
      ...(issue.expression === undefined ? {} : { expression: issue.expression }),
    })),
  };
}

/** Says that all went well, for `Prefer: return=OperationOutcome`. */
export const ALL_OK = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', details: { text: 'All OK' } }],
} as const;
