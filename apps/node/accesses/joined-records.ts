/** Which records the desk has joined, read from the clinical store and kept until a Patient is written. */
import { joinedInto, joinedRecords, type LinkedPatient } from '@clearchart/exchange';

export interface JoinedRecords {
  /** FHIR ids of the other records of this person. */
  sameAs(patientId: string): readonly string[];
  /** Whether `person` (`Patient/id`) is the patient of this record, or of one that was joined with it. */
  isOf(person: string | undefined, patientId: string): boolean;
  /** The record that this one was joined into; itself when there is none. */
  survivorOf(patientId: string): string;
  /** To be called after each commit with the types that were written. */
  written(types: ReadonlySet<string>): void;
}

/** @param findLinked Every current Patient with a link, with the hospital's own right. */
export function openJoinedRecords(findLinked: () => readonly LinkedPatient[]): JoinedRecords {
  let kept:
    | { readonly groups: ReturnType<typeof joinedRecords>; readonly into: ReadonlyMap<string, string> }
    | undefined;

  function read() {
    const linked = findLinked();
    const groups = joinedRecords(linked);
    const into = linked.flatMap((patient): [string, string][] => {
      const survivor = joinedInto(patient);
      return survivor !== undefined && groups.get(patient.id)?.includes(survivor) === true
        ? [[patient.id, survivor]]
        : [];
    });
    return { groups, into: new Map(into) };
  }

  function current() {
    kept ??= read();
    return kept;
  }

  const sameAs = (patientId: string): readonly string[] => current().groups.get(patientId) ?? [];

  return {
    sameAs,
    isOf: (person, patientId) => [patientId, ...sameAs(patientId)].some((id) => person === `Patient/${id}`),
    survivorOf: (patientId) => current().into.get(patientId) ?? patientId,
    written(types) {
      if (types.has('Patient')) kept = undefined;
    },
  };
}
