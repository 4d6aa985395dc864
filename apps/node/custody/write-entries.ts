/** Writes what a patient said at the desk, within what a patient may write, and signs it with the key in custody. */
import type { CustodyEntries } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import { commitmentBytes } from '@clearchart/ledger';
import { draftPersonSignature, personSignatureMessage, type SignedVersion } from '@clearchart/records';
import { type Accesses, OWN_SCOPE } from '../accesses/index.ts';
import type { Custody, LedgerCustody } from '../accounts/index.ts';
import type { ClinicalSession, ClinicalStore } from '../clinical/index.ts';
import { ApiError } from '../http/errors.ts';
import { parsePatient, type PatientLine, personName } from '../routes/patient-lines.ts';
import { entriesBundle } from './entries-bundle.ts';
import { custodyProvenance } from './custody-provenance.ts';

export interface WriteEntriesPorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly custody: Custody;
  readonly ledger: LedgerCustody;
  /** 64 hexadecimal digits. */
  readonly chainId: string;
  readonly clock: Clock;
}

/** `desk`: the name of who writes. Answers the transaction that anchors the signature. */
export async function writeEntries(
  { clinical, accesses, custody, ledger, chainId, clock }: WriteEntriesPorts,
  patientId: string,
  entries: CustodyEntries,
  desk: string,
): Promise<string> {
  const { pseudonym, seed } = await custody.keyFor(patientId);
  const own = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  const current = own.resolve(`Patient/${patientId}`);
  if (current === undefined) throw new ApiError('not-found');
  const patient: PatientLine & { active?: boolean } = parsePatient(current.content);
  // A record that was joined into another, or closed, takes nothing more in its patient's name.
  if (patient.active === false) throw new ApiError('wrong-state');
  const person = `Patient/${patientId}` as const;
  const { scope } = accesses.contextOf({ role: 'patient', person, pseudonym, name: desk });
  const asPatient = clinical.session({ scope, onDisclosed: () => {}, baseUrl: '' });
  const now = new Date(clock.now()).toISOString();
  const written = await asPatient.bundle(entriesBundle(patientId, patient, entries, now.slice(0, 10)));
  const versions = written.entries.flatMap(({ version }) => version ?? []);
  const signed = await Promise.all(versions.map((version) => versionOnLedger(own, version)));
  const draft = draftPersonSignature(chainId, pseudonym, signed);
  if (typeof draft === 'string') throw new Error(`nothing to sign: ${draft}`);
  const provenance = custodyProvenance({
    person,
    name: personName(patient),
    desk,
    pseudonym,
    when: now,
    targets: versions.map(({ type, id, version }) => `${type}/${id}/_history/${version}`),
    signature: ledger.sign(seed, personSignatureMessage(draft)),
  });
  const outcome = await own.create('Provenance', provenance);
  if (outcome.version === undefined) throw new Error('a signature was not written');
  return clinical.versionAnchor('Provenance', outcome.version.id, outcome.version.version) ?? '';
}

async function versionOnLedger(
  own: ClinicalSession,
  { type, id, version }: { readonly type: string; readonly id: string; readonly version: number },
): Promise<SignedVersion> {
  const found = await own.readWithOpening(type, id, String(version));
  const { commitmentKey, sealedHash, salt } = found.opening;
  const commitment = toHex(commitmentBytes(commitmentKey, sealedHash, salt, found.version.content));
  return { record: found.record, version, commitment };
}
