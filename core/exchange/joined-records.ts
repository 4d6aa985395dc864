/**
 * Two records of one person, read as one: the desk joins them by FHIR R4 `Patient.link`, and takes them apart again. No
 * record is rewritten or moved; both Patients must name each other, so that nobody joins what only one of them sees.
 */
import { equalJson } from './equal-json.ts';

export interface PatientLink {
  readonly other?: { readonly reference?: string };
  readonly type?: string;
}

export interface LinkedPatient {
  readonly resourceType: string;
  readonly id: string;
  readonly active?: boolean;
  readonly link?: readonly PatientLink[];
  readonly [element: string]: unknown;
}

export type JoinRefusal = 'same-record' | 'joined-already' | 'not-active';

const REPLACES = 'replaces';
const REPLACED_BY = 'replaced-by';
const PATIENT = /^Patient\/([A-Za-z0-9.-]{1,64})$/;

function linksOf(patient: LinkedPatient, type: string): string[] {
  return (patient.link ?? []).flatMap((link) => {
    const id = link.type === type ? PATIENT.exec(link.other?.reference ?? '')?.[1] : undefined;
    return id === undefined ? [] : [id];
  });
}

/** FHIR id of the record that this one was joined into, as it says itself. */
export function joinedInto(patient: LinkedPatient): string | undefined {
  return linksOf(patient, REPLACED_BY)[0];
}

/** Why these two cannot be joined: a record that was joined is taken apart first, so that joining makes no chains. */
export function checkJoin(survivor: LinkedPatient, replaced: LinkedPatient): JoinRefusal | undefined {
  if (survivor.id === replaced.id) return 'same-record';
  // Taken apart, both are active again: so they are before.
  if (survivor.active === false || replaced.active === false)
    return joinedInto(survivor) === undefined && joinedInto(replaced) === undefined ? 'not-active' : 'joined-already';
  const isFree = (patient: LinkedPatient) => joinedInto(patient) === undefined;
  return isFree(survivor) && isFree(replaced) && linksOf(replaced, REPLACES).length === 0
    ? undefined
    : 'joined-already';
}

/** Both Patients as they stand after joining; who keeps the name and the account is the survivor. */
export function joined(survivor: LinkedPatient, replaced: LinkedPatient): [LinkedPatient, LinkedPatient] {
  const to = (other: LinkedPatient, type: string) => ({ other: { reference: `Patient/${other.id}` }, type });
  return [
    { ...survivor, link: [...(survivor.link ?? []), to(replaced, REPLACES)] },
    { ...replaced, active: false, link: [...(replaced.link ?? []), to(survivor, REPLACED_BY)] },
  ];
}

/** Both Patients without what joined them, the replaced one active again. */
export function separated(survivor: LinkedPatient, replaced: LinkedPatient): [LinkedPatient, LinkedPatient] {
  return [
    withLinks(survivor, (link) => !names(link, REPLACES, replaced.id)),
    { ...withLinks(replaced, (link) => !names(link, REPLACED_BY, survivor.id)), active: true },
  ];
}

function names({ other, type }: PatientLink, wanted: string, id: string): boolean {
  return type === wanted && other?.reference === `Patient/${id}`;
}

function withLinks(patient: LinkedPatient, keep: (link: PatientLink) => boolean): LinkedPatient {
  const { link = [], ...rest } = patient;
  const kept = link.filter(keep);
  return { ...rest, ...(kept.length === 0 ? {} : { link: kept }) };
}

/** For each record the others of the same person: only where both say so. */
export function joinedRecords(patients: readonly LinkedPatient[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(patients.map((patient) => [patient.id, patient]));
  const groups = new Map<string, string[]>();
  for (const survivor of patients) {
    const confirmed = linksOf(survivor, REPLACES).filter((id) => {
      const replaced = byId.get(id);
      return replaced !== undefined && joinedInto(replaced) === survivor.id;
    });
    const all = [survivor.id, ...confirmed];
    if (confirmed.length > 0)
      for (const id of all)
        groups.set(
          id,
          all.filter((other) => other !== id),
        );
  }
  return groups;
}

/** Whether a write of a Patient would join records or take them apart, which is the desk's act and no FHIR write. */
export function changesJoin(
  before: { readonly [element: string]: unknown } | undefined,
  after: { readonly [element: string]: unknown } | undefined,
): boolean {
  return !equalJson(joinsIn(before), joinsIn(after));
}

function joinsIn(patient: { readonly [element: string]: unknown } | undefined): readonly PatientLink[] {
  const link = patient?.['link'];
  if (!Array.isArray(link)) return [];
  return (link as PatientLink[]).filter((one) => one.type === REPLACES || one.type === REPLACED_BY);
}
