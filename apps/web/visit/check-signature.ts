// A kept signature, checked by its reader: each version it answers for against the ledger, then the signature under the key that
// the ledger holds for the signer.
import { fromHex } from '@clearchart/crypto';
import { type PersonState, personKey, type Pseudonym } from '@clearchart/ledger';
import { draftPersonSignature, verifyPersonSignature } from '@clearchart/records';
import { checkRecord, provedState } from '../proof/check-record.ts';
import { fetchRecordVersion, recordCheckPorts } from '../proof/sources.ts';
import type { KeptSignature } from './provenance.ts';

export type SignatureVerdict = 'verified' | 'waiting' | 'version-changed' | 'no-such-key' | 'wrong-signature';

/** A patient signs the own record only: the ledger names the same pseudonym as subject of every version. */
export async function checkSignature({
  targets,
  person: signer,
  pseudonym,
  signature,
}: KeptSignature): Promise<SignatureVerdict> {
  const versions = [];
  let chainId = '';
  for (const { type, id, version } of targets) {
    const served = await fetchRecordVersion(type, id, version);
    if (served.receipt === undefined) return 'waiting';
    const { facts, steps } = await checkRecord(served, undefined, recordCheckPorts);
    if (facts === undefined || steps.some(({ state }) => state === 'failed')) return 'version-changed';
    if (signer.startsWith('Patient/') && facts.subject !== pseudonym) return 'wrong-signature';
    ({ chainId } = facts);
    versions.push({ record: facts.record, version: facts.recordVersion, commitment: facts.commitment });
  }
  const proved = await provedState(personKey(pseudonym as Pseudonym), recordCheckPorts);
  const person = proved.ok ? (proved.value as PersonState | null) : null;
  if (person === null || person.publicKey === null) return 'no-such-key';
  const draft = draftPersonSignature(chainId, pseudonym, versions);
  if (typeof draft === 'string') return 'wrong-signature';
  const good = verifyPersonSignature(draft, fromHex(person.publicKey), signature, recordCheckPorts.verifier);
  return good ? 'verified' : 'wrong-signature';
}
