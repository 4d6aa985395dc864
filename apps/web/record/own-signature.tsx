// Under what the patient wrote: the patient's own signature, checked by whoever reads it, or plainly that there is none.
import { SignedBy } from '../visit/signed-by.tsx';
import type { Resource } from './fhir.ts';
import { ownSignature, writtenBy } from './own-writings.ts';
import { useProvenances } from './use-record.ts';

export function OwnSignature({ resource }: { resource: Resource }) {
  const person = writtenBy(resource);
  const { data } = useProvenances(person?.slice('Patient/'.length));
  if (person === undefined || data === undefined) return null;
  return <SignedBy signature={ownSignature(resource, data)} />;
}
