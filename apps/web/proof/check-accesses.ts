// Who saw the record, checked by the patient's browser: the list adds up to the running hash that stands in the state of the
// chain it follows, each hospital's "complete up to" stands there too, and each name opens its commitment.
import type { AccessLine, AccessList } from '@clearchart/api';
import { fromHex } from '@clearchart/crypto';
import { type AccessDetail, commitDetail } from '@clearchart/exchange';
import {
  accessLogKey,
  type AccessEntry,
  completeKey,
  type DeclaredAccess,
  headerHash,
  isMemberSet,
  isRejection,
  type OrganizationId,
  parseHeaderValue,
  type Pseudonym,
  runningHashOf,
  type StateProof,
  verifyState,
} from '@clearchart/ledger';
import type { Failure } from './failure-words.ts';
import type { Followed } from './follow-chain.ts';

/** One opening as the page shows it; its closing, when it has come, is folded into it. */
export interface AccessLineView {
  index: number;
  /** Id of the access on the ledger. */
  access: string;
  at: number;
  name: string;
  /** Whether the name opens the commitment that the hospital put on the ledger. */
  nameProven: boolean;
  role: string | undefined;
  /** Who allowed the program that read, when it was one. */
  authorisedBy: string | undefined;
  purpose: string;
  emergency: boolean;
  organizationName: string;
  /** Single reads inside the window, once it has closed. */
  reads: number | undefined;
  height: number;
}

export interface ReportedUpTo {
  organization: string;
  name: string;
  time: number | null;
}

export type AccessesOutcome =
  | { ok: true; count: number; runningHash: string; height: number; headHeight: number; completeness: ReportedUpTo[] }
  | { ok: false; reason: Failure };

const refuse = (reason: Failure): AccessesOutcome => ({ ok: false, reason });

/** Checks a whole list (from its first entry on). */
export async function checkAccesses(
  list: AccessList,
  follow: (height: number) => Promise<Followed>,
): Promise<AccessesOutcome> {
  const header = parseHeaderValue(list.header);
  if (isRejection(header)) return refuse('malformed');
  const followed = await follow(header.height);
  if (!followed.ok) return refuse(followed.reason);
  if (followed.chain.hashes.get(header.height) !== headerHash(header)) return refuse('does-not-extend');

  const proof = list.stateProof as StateProof;
  if (proof.key !== accessLogKey(list.pseudonym as Pseudonym) || !verifyState(header.stateRoot, proof))
    return refuse('wrong-state');
  const stated = (proof.value ?? { count: 0, runningHash: runningHashOf([]) }) as {
    count: number;
    runningHash: string;
  };
  const declared = list.entries.map(
    ({ entry, organization }) => ({ entry, organization }) as unknown as DeclaredAccess,
  );
  if (declared.length !== stated.count || runningHashOf(declared) !== stated.runningHash) return refuse('wrong-list');
  if (!list.entries.every((line, at) => line.index === at && line.entry['patient'] === list.pseudonym))
    return refuse('wrong-list');

  for (const reported of list.completeness) {
    const { key, value } = reported.stateProof;
    if (
      key !== completeKey(reported.organization as OrganizationId) ||
      !verifyState(header.stateRoot, reported.stateProof as StateProof)
    )
      return refuse('wrong-state');
    if ((value as { time?: number } | null)?.time !== (reported.time ?? undefined)) return refuse('wrong-state');
  }
  // Every member hospital must be in the list of those that report: one left out would look complete.
  const { members: set } = followed.chain.head;
  const members = isMemberSet(set) ? set.members : [];
  const isReported = (member: string) => list.completeness.some((reported) => reported.organization === member);
  if (members.length === 0 || !members.every(({ organization }) => isReported(organization)))
    return refuse('wrong-members');
  const completeness = list.completeness.map(({ organization, name, time }) => ({ organization, name, time }));
  return {
    ok: true,
    count: stated.count,
    runningHash: stated.runningHash,
    height: header.height,
    headHeight: followed.chain.head.height,
    completeness,
  };
}

interface Opened {
  detail: AccessDetail;
  salt: string;
}

function opensDetail(line: AccessLine): boolean {
  const opening = line.opening as unknown as Opened | undefined;
  if (opening === undefined || typeof opening.salt !== 'string' || !/^[0-9a-f]{64}$/.test(opening.salt)) return false;
  return commitDetail(opening.detail, fromHex(opening.salt)) === line.entry['detail'];
}

/** Openings newest first, each with the reads of its closing. */
export function accessLines(list: AccessList): AccessLineView[] {
  const closings = new Map<unknown, number>();
  for (const { entry } of list.entries)
    if (entry['kind'] === 'closed') closings.set(entry['access'], Number(entry['count']));
  return list.entries
    .filter(({ entry }) => entry['kind'] === 'opened')
    .map((line): AccessLineView => {
      const entry = line.entry as unknown as Extract<AccessEntry, { kind: 'opened' }>;
      const proven = opensDetail(line);
      const detail = proven ? (line.opening as unknown as Opened).detail : undefined;
      return {
        index: line.index,
        access: entry.access,
        at: entry.at,
        name: detail?.name ?? line.practitioner ?? '',
        nameProven: proven,
        role: detail?.role ?? line.role,
        authorisedBy: detail?.authorisedBy,
        purpose: entry.purpose,
        emergency: entry.purpose === 'ETREAT',
        organizationName: line.organizationName,
        reads: closings.get(entry.access),
        height: line.height,
      };
    })
    .toSorted((one, other) => other.at - one.at || other.index - one.index);
}
