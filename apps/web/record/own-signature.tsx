// Under what the patient wrote: the patient's own signature, checked by whoever reads it, or plainly that there is none.
import { SignedBy } from '../visit/signed-by.tsx';
import type { Resource } from './fhir.ts';
import { ownSignatures, writtenBy } from './own-writings.ts';
import { useProvenances } from './use-record.ts';

export function OwnSignature({ resource }: { resource: Resource }) {
  const person = writtenBy(resource);
  const { data } = useProvenances(person?.slice('Patient/'.length));
  if (person === undefined || data === undefined) return null;
  const signatures = ownSignatures(resource, data);
  if (signatures.length === 0) return <SignedBy signature={undefined} />;
  return (
    <span className="actions">
      {signatures.map((signature) => (
        <SignedBy key={signature.provenance.id} signature={signature} />
      ))}
    </span>
  );
}
