// A kept signature, checked by its reader: each version it answers for against the ledger, then the signature under the keys that
// the ledger holds for the signer.
import { type CustodyState, custodyKey, type PersonState, personKey, type Pseudonym } from '@clearchart/ledger';
import { draftPersonSignature } from '@clearchart/records';
import { checkRecord, provedState } from '../proof/check-record.ts';
import { fetchRecordVersion, recordCheckPorts } from '../proof/sources.ts';
import type { KeptSignature } from './provenance.ts';
import { type KeyVerdict, verdictUnder } from './signature-verdict.ts';

export type SignatureVerdict = KeyVerdict | 'version-changed';

/** A patient signs the own record only: the ledger names the same pseudonym as subject of every version. */
export async function checkSignature(kept: KeptSignature): Promise<SignatureVerdict> {
  const { targets, person: signer, signature } = kept;
  const pseudonym = kept.pseudonym as Pseudonym;
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
  const draft = draftPersonSignature(chainId, pseudonym, versions);
  if (typeof draft === 'string') return 'wrong-signature';
  const person = await provedState(personKey(pseudonym), recordCheckPorts);
  const custody = await provedState(custodyKey(pseudonym), recordCheckPorts);
  if (!person.ok || !custody.ok) return 'no-such-key';
  const keys = { person: person.value as PersonState | null, custody: custody.value as CustodyState | null };
  const anchoredAt = typeof keys.custody?.endedAt === 'number' ? await heightOf(kept) : undefined;
  return verdictUnder(keys, draft, signature, anchoredAt, recordCheckPorts.verifier);
}

/** Of the block that anchors the Provenance; undefined while there is none, or when it does not hold. */
async function heightOf({ provenance }: KeptSignature): Promise<number | undefined> {
  const served = await fetchRecordVersion('Provenance', provenance.id, provenance.meta?.versionId ?? '1');
  const { facts, steps } = await checkRecord(served, provenance, recordCheckPorts);
  return steps.some(({ state }) => state === 'failed') ? undefined : facts?.height;
}

/** Whether a hospital keeps, or kept, a key for this pseudonym, as the ledger proves it. */
export async function wasInCustody(pseudonym: string): Promise<boolean> {
  const custody = await provedState(custodyKey(pseudonym as Pseudonym), recordCheckPorts);
  if (!custody.ok) throw new Error('The ledger gave no proof');
  return custody.value !== null;
}
