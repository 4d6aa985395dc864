// What the patient wrote in the own record, and the signatures under it. Pure.
import { isMadeByPatient } from '@clearchart/exchange';
import { type KeptSignature, type Provenance, signaturesOf } from '../visit/provenance.ts';
import type { Condition, Patient, Resource } from './fhir.ts';
import { isTold } from './summary.ts';

/** `Patient/id` of whoever wrote this version; undefined when it was not the patient. */
export function writtenBy(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient')
    return isMadeByPatient({ ...resource }) ? `Patient/${resource.id}` : undefined;
  const condition = resource as Condition;
  return resource.resourceType === 'Condition' && isTold(condition) ? condition.asserter?.reference : undefined;
}

/** More than one when the patient confirmed what was signed in custody. */
export function ownSignatures(resource: Resource, provenances: readonly Provenance[]): KeptSignature[] {
  const person = writtenBy(resource);
  return person === undefined ? [] : signaturesOf(resource, provenances, person);
}

/** Stored, but the signing was cut off. */
export function unsignedWritings(
  patient: Patient,
  conditions: readonly Condition[],
  provenances: readonly Provenance[],
): Resource[] {
  const person = `Patient/${patient.id}`;
  return [patient, ...conditions].filter(
    (resource) => writtenBy(resource) === person && ownSignatures(resource, provenances).length === 0,
  );
}
