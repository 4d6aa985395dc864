// Signs record versions as their author (docs/protocol/signatures.md, P5): each is first checked against its commitment on the
// ledger, and against what the person saw. Then the signature is kept as a Provenance.
import type { SignedVersion } from '@clearchart/records';
import { createFhir, type Written } from '../connection/fhir.ts';
import { checkRecord } from '../proof/check-record.ts';
import { fetchRecordVersion, recordCheckPorts } from '../proof/sources.ts';
import type { Resource } from '../record/fhir.ts';
import { signRecords } from '../session/index.ts';
import { type Provenance, provenanceOf } from './provenance.ts';

export interface Author {
  readonly patientId: string;
  /** `Practitioner/id` or `Patient/id`. */
  readonly person: string;
  readonly personName: string;
}

/** A version does not hold against the ledger: nothing is signed. */
export class NotAsWritten extends Error {
  override readonly name = 'NotAsWritten';
}

/** A block usually comes within a second or two. */
const ASK_AGAIN_AFTER_MS = 400;
const WAIT_AT_MOST_MS = 120_000;

async function versionInBlock(resource: Resource) {
  for (const until = Date.now() + WAIT_AT_MOST_MS; ; ) {
    const served = await fetchRecordVersion(resource.resourceType, resource.id, resource.meta?.versionId ?? '1');
    if (served.receipt !== undefined) return served;
    if (Date.now() > until) throw new Error('No block came in time');
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER_MS));
  }
}

/** What the ledger holds of a version. @throws NotAsWritten unless it is what `resource` says. */
export async function anchoredVersion(resource: Resource): Promise<SignedVersion & { readonly chainId: string }> {
  const { facts, steps } = await checkRecord(await versionInBlock(resource), resource, recordCheckPorts);
  const [failed] = steps.filter(({ state }) => state === 'failed');
  if (facts === undefined || failed !== undefined) throw new NotAsWritten(failed?.reason ?? 'no receipt');
  const { chainId, record, recordVersion, commitment } = facts;
  return { chainId, record, version: recordVersion, commitment };
}

/** @throws KeysClosed when the keys are not open; the versions stay unsigned then. */
export async function signVersions(
  resources: readonly Resource[],
  author: Author,
  reason?: string,
): Promise<Written<Provenance>> {
  const versions: SignedVersion[] = [];
  let chainId = '';
  for (const resource of resources) {
    const anchored = await anchoredVersion(resource);
    ({ chainId } = anchored);
    versions.push(anchored);
  }
  const { pseudonym, signature } = await signRecords(chainId, versions);
  const when = new Date().toISOString();
  const provenance = provenanceOf({ ...author, signed: resources, pseudonym, signature, when, reason });
  return await createFhir<Provenance>(provenance as unknown as Provenance);
}
