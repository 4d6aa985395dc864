// One record version, checked by its reader: the content is the one that was sealed, its fingerprint stands in a block that a
// member signed, and in the state of the newest header this browser follows.
import type { RecordVersion } from '@clearchart/api';
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  type ChainId,
  type Commitment,
  isRejection,
  parseHeaderValue,
  type Receipt,
  recordKey,
  type RecordId,
  type StateProof,
  verifyOpening,
  verifyReceipt,
  verifyState,
  headerHash,
} from '@clearchart/ledger';
import { equalJson } from '@clearchart/exchange';
import type { CheckStep } from './check-step.ts';
import type { Voters } from './final-votes.ts';
import type { Followed } from './follow-chain.ts';
import { votersOfReceipt } from './receipt-voters.ts';

export interface RecordCheckPorts {
  verifier: SignatureVerifier;
  follow: (height: number) => Promise<Followed>;
  /** The state proof of a key under the newest final header. */
  stateProof: (key: string) => Promise<{ stateProof: unknown; header: unknown }>;
}

export interface ReceiptFacts {
  chainId: string;
  height: number;
  time: number;
  commitment: string;
  record: string;
  recordVersion: number;
  /** The patient's pseudonym; empty when the version names none. */
  subject: string;
  /** Who confirmed it and who might have, by signatures checked here; undefined until the receipt was found good. */
  voters: Voters | undefined;
  receipt: Record<string, unknown>;
}

export interface RecordOutcome {
  steps: CheckStep[];
  facts: ReceiptFacts | undefined;
}

/** `shown` is what the page shows: it must be what was sealed. Without it only served content and ledger are compared. */
export async function checkRecord(
  served: RecordVersion,
  shown: unknown,
  ports: RecordCheckPorts,
): Promise<RecordOutcome> {
  const receipt = served.receipt as unknown as Receipt | undefined;
  if (receipt === undefined) return { steps: [], facts: undefined };
  const followed = await ports.follow(Number(receipt.blockHeight) || 0);
  if (!followed.ok)
    return {
      steps: [{ name: 'walk', state: 'failed', reason: followed.reason, values: { count: 0 } }],
      facts: undefined,
    };
  const { chain } = followed;
  const steps: CheckStep[] = [];
  const add = (name: CheckStep['name'], good: boolean, reason: string, values?: CheckStep['values']): boolean => {
    steps.push({
      name,
      state: good ? 'done' : 'failed',
      ...(good ? {} : { reason }),
      ...(values === undefined ? {} : { values }),
    });
    return good;
  };
  const commitment = receipt.commitment as Commitment;
  const content =
    equalJson(served.opening.content, served.content) && (shown === undefined || equalJson(shown, served.content));
  const facts = factsOf(receipt, chain.chainId);
  if (!add('content', content && verifyOpening(served.opening, commitment), 'wrong-content')) return { steps, facts };
  const verdict = verifyReceipt(receipt, chain.chainId as ChainId, ports.verifier);
  const height = Number(receipt.blockHeight);
  if (!add('inclusion', verdict.ok, 'wrong-receipt', { height })) return { steps, facts };
  facts.voters = votersOfReceipt(receipt, ports.verifier);
  const anchored = await anchoredNow(receipt.record, receipt.recordVersion, commitment, ports);
  if (!add('state', anchored.ok, anchored.reason ?? '', { height: anchored.height })) return { steps, facts };
  add('walk', true, '', { count: anchored.height });
  return { steps, facts };
}

function factsOf(receipt: Receipt, chainId: string): ReceiptFacts {
  return {
    chainId,
    height: Number(receipt.blockHeight),
    time: Number(receipt.header?.time),
    commitment: String(receipt.commitment),
    record: String(receipt.record),
    recordVersion: Number(receipt.recordVersion),
    subject: String((receipt.stateProof?.value as { subject?: string | null } | undefined)?.subject ?? ''),
    voters: undefined,
    receipt: receipt as unknown as Record<string, unknown>,
  };
}

/** Whether the newest state that this browser follows holds the version with this commitment. */
export async function anchoredNow(
  record: string,
  version: number,
  commitment: string,
  ports: RecordCheckPorts,
): Promise<{ ok: boolean; height: number; reason?: string }> {
  const key = recordKey(record as RecordId, version);
  const proved = await provedState(key, ports);
  if (!proved.ok) return { ok: false, height: proved.height, reason: proved.reason };
  const value = proved.value as { commitment?: unknown } | null;
  return value?.commitment === commitment
    ? { ok: true, height: proved.height }
    : { ok: false, height: proved.height, reason: 'wrong-state' };
}

/** The value of a state key under a header of the followed chain. */
export async function provedState(
  key: string,
  ports: RecordCheckPorts,
): Promise<{ ok: true; height: number; value: unknown } | { ok: false; height: number; reason: string }> {
  const answer = await ports.stateProof(key);
  const header = parseHeaderValue(answer.header);
  if (isRejection(header)) return { ok: false, height: 0, reason: 'malformed' };
  const { height } = header;
  const followed = await ports.follow(height);
  if (!followed.ok) return { ok: false, height, reason: followed.reason };
  if (followed.chain.hashes.get(height) !== headerHash(header)) return { ok: false, height, reason: 'does-not-extend' };
  const proof = answer.stateProof as StateProof;
  if (proof.key !== key || !verifyState(header.stateRoot, proof)) return { ok: false, height, reason: 'wrong-state' };
  return { ok: true, height, value: proof.value };
}
