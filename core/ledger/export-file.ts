/**
 * Many versions of one person's records in one file: each anchoring transaction, block and genesis file stands in it once, so
 * that it grows with what it says and not with versions times transactions (docs/protocol/ledger.md, L53).
 */
import { fromUtf8, type SignatureVerifier } from '@clearchart/crypto';
import type { Genesis } from './genesis.ts';
import { type Header, parseHeaderValue } from './header.ts';
import type { ChainId, Commitment, TransactionId } from './identifiers.ts';
import type { FinalityProof, MemberChange, Refusal } from './finality-proof.ts';
import { checkFinal, lastDecision, upToLink } from './light-client.ts';
import type { InclusionProof } from './proof.ts';
import { checkAnchor, checkVersion, type Receipt, type Verdict, verifyReceipt } from './receipt.ts';
import { isRejection } from './rejection.ts';
import { rememberingVerifier } from './remembering-verifier.ts';
import { hex, integer, listOf, literal, object, text } from './shape.ts';
import type { Transaction } from './transaction.ts';
import type { Checkpoint } from './vote.ts';

/** Proofs as in a receipt, under the header of the block that holds its transaction. */
export type ExportedVersion = Pick<
  Receipt,
  'commitment' | 'opening' | 'record' | 'recordVersion' | 'stateProof' | 'transactionId'
>;

export interface ExportedAnchor {
  readonly transactionId: TransactionId;
  readonly transaction: Transaction;
  readonly blockHeight: number;
  readonly inclusionProof: InclusionProof;
}

export interface ExportFile {
  readonly version: 1;
  readonly kind: 'clearchart-export';
  /** FHIR id at the custodian. */
  readonly patient?: string;
  readonly genesis: Genesis;
  /** Up to the highest block and those following it, lowest first. */
  readonly memberChanges: readonly MemberChange[];
  readonly blocks: readonly FinalityProof[];
  readonly anchors: readonly ExportedAnchor[];
  readonly versions: readonly ExportedVersion[];
}

/** Largest file that is read, bytes. */
export const LONGEST_FILE_BYTES = 256 * 1024 * 1024;
/** Versions in one file, and blocks and transactions beside them. */
const MOST_VERSIONS = 1_000_000;

const anything = (): boolean => true;
const versionShape = object(
  {
    record: hex(32),
    recordVersion: integer(1),
    commitment: hex(64),
    transactionId: hex(64),
    stateProof: anything,
  },
  { opening: anything },
);
const shape = object(
  {
    version: literal(1),
    kind: literal('clearchart-export'),
    genesis: anything,
    memberChanges: (value: unknown) => Array.isArray(value),
    blocks: listOf(object({ header: anything, votes: anything }, { following: anything }), 1, MOST_VERSIONS),
    anchors: listOf(
      object({ transactionId: hex(64), transaction: anything, blockHeight: integer(1), inclusionProof: anything }),
      1,
      MOST_VERSIONS,
    ),
    versions: listOf(versionShape, 1, MOST_VERSIONS),
  },
  { patient: text(64) },
);

const no = (reason: string): Refusal => ({ ok: false, reason });

export interface OpenedExport {
  readonly ok: true;
  /** Versions in the file. */
  readonly count: number;
  /** Whether the version at this place is proved; each stands for itself. */
  check(index: number): Verdict;
}

/**
 * Checks what the versions share: blocks and anchoring transactions. Nothing in the file is believed.
 * @param known As in `checkFinal`, for each of the blocks.
 */
export function openExport(
  value: unknown,
  chainId: ChainId,
  verifier: SignatureVerifier,
  known?: Checkpoint,
): OpenedExport | Refusal {
  if (!shape(value)) return no('the export has other members than it should');
  const exported = value as ExportFile;
  if (!isOfItsPatient(exported)) return no('the export is of another patient than it says');
  const headers = checkBlocks(exported, chainId, verifier, known);
  if (!(headers instanceof Map)) return headers;
  const anchors = checkAnchors(exported, headers);
  if (!(anchors instanceof Map)) return anchors;
  return {
    ok: true,
    count: exported.versions.length,
    check(index) {
      const one = exported.versions[index];
      const anchor = one === undefined ? undefined : anchors.get(one.transactionId);
      if (one === undefined || anchor === undefined)
        return no('the export does not hold the transaction of this version');
      const { header, commitments } = anchor;
      const anchored = commitments.get(`${one.record}/${one.recordVersion}`);
      return checkVersion(one, anchored, header) ?? { ok: true, height: header.height, header };
    },
  };
}

/** That the patient it names is one whose Patient resource it holds, if it holds any. */
function isOfItsPatient({ patient, versions }: ExportFile): boolean {
  if (patient === undefined) return true;
  const contents = versions.map(
    ({ opening }) => opening?.content as { resourceType?: unknown; id?: unknown } | null | undefined,
  );
  const patients = contents.filter((content) => content?.resourceType === 'Patient');
  return patients.length === 0 || patients.some((content) => content?.id === patient);
}

/** Headers by height, each final under the member set that voted on it. */
function checkBlocks(
  { blocks, genesis, memberChanges }: ExportFile,
  chainId: ChainId,
  verifier: SignatureVerifier,
  known: Checkpoint | undefined,
): Map<number, Header> | Refusal {
  const headers = new Map<number, Header>();
  const once = rememberingVerifier(verifier);
  for (const proof of blocks) {
    const header = parseHeaderValue(proof.header);
    if (isRejection(header)) return no('the export has something else where a block header should be');
    if (header.chainId !== chainId) return no('the export is of another chain');
    if (headers.has(header.height)) return no(`the export has block ${header.height} twice`);
    const final = checkFinal(proof, genesis, chainId, upToLink(proof, memberChanges), once, known);
    if (!final.ok) return final;
    headers.set(header.height, header);
  }
  return headers;
}

interface CheckedAnchor {
  readonly header: Header;
  /** By `record/version`. */
  readonly commitments: ReadonlyMap<string, Commitment>;
}

function checkAnchors(
  { anchors }: ExportFile,
  headers: ReadonlyMap<number, Header>,
): Map<TransactionId, CheckedAnchor> | Refusal {
  const checked = new Map<TransactionId, CheckedAnchor>();
  for (const anchor of anchors) {
    const header = headers.get(anchor.blockHeight);
    if (header === undefined) return no(`the export does not hold block ${anchor.blockHeight}`);
    const answer = checkAnchor(anchor, header);
    if (!answer.ok) return answer;
    const commitments = answer.records.map((one) => [`${one.record}/${one.version}`, one.commitment] as const);
    checked.set(anchor.transactionId, { header, commitments: new Map(commitments) });
  }
  return checked;
}

export function isExport(value: unknown): boolean {
  return (value as { kind?: unknown } | null)?.kind === 'clearchart-export';
}

export interface FileVerdict {
  readonly ok: boolean;
  readonly chainId: string;
  /** Of the highest block that something in the file is proved under; 0 when the answer is no. */
  readonly height: number;
  /** Record versions that are proved. */
  readonly versions?: number;
  /** The last decision about the members up to that block: what a reader compares with what others tell. */
  readonly decision?: Checkpoint;
  readonly reason?: string;
}

/**
 * A receipt or an export, as bytes of a file.
 * @param known As in `checkFinal`.
 */
export function verifyFile(
  bytes: Uint8Array,
  chainId: string,
  verifier: SignatureVerifier,
  known?: Checkpoint,
): FileVerdict {
  const failed = (reason: string): FileVerdict => ({ ok: false, chainId, height: 0, reason });
  if (bytes.length > LONGEST_FILE_BYTES) return failed('the file is too large');
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    return failed('the file is not JSON');
  }
  const good = (height: number, versions: number): FileVerdict => {
    const decision = lastDecision((value as ExportFile | Receipt).memberChanges, height);
    return { ok: true, chainId, height, versions, ...(decision === undefined ? {} : { decision }) };
  };
  if (!isExport(value)) {
    const verdict = verifyReceipt(value, chainId as ChainId, verifier, known);
    return verdict.ok ? good(verdict.height, 1) : failed(verdict.reason);
  }
  const opened = openExport(value, chainId as ChainId, verifier, known);
  if (!opened.ok) return failed(opened.reason);
  let height = 0;
  for (let index = 0; index < opened.count; index += 1) {
    const verdict = opened.check(index);
    if (!verdict.ok) return failed(`version ${index + 1}: ${verdict.reason}`);
    height = Math.max(height, verdict.height);
  }
  return good(height, opened.count);
}
