/** What a patient said at the desk as one FHIR transaction: all of it, or nothing. Pure. */
import type { CustodyEntries } from '@clearchart/api';
import { toldProblem } from '@clearchart/exchange';

/** `patient` is the resource as it stands; `today` is a date (`YYYY-MM-DD`). */
export function entriesBundle(
  patientId: string,
  patient: object,
  { details, told }: CustodyEntries,
  today: string,
): object {
  const entry: object[] = [];
  if (details !== undefined) {
    const { versionId, ...given } = details;
    entry.push({
      resource: { ...patient, resourceType: 'Patient', id: patientId, ...withoutEmpty(given) },
      request: { method: 'PUT', url: `Patient/${patientId}`, ifMatch: `W/"${versionId}"` },
    });
  }
  for (const text of told ?? []) {
    const resource = toldProblem(`Patient/${patientId}`, text, today);
    entry.push({ resource, request: { method: 'POST', url: 'Condition' } });
  }
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

/** FHIR has no empty lists: one that is emptied is left out. */
function withoutEmpty(given: Readonly<Record<string, readonly unknown[] | undefined>>): object {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, list]) => {
      if (list === undefined) return [];
      return [[name, list.length === 0 ? undefined : list]];
    }),
  );
}
