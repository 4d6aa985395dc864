/** A hospital of the demo is admitted as any other: it applies, every member votes, and it follows the chain until it is in. */
import { setTimeout } from 'node:timers/promises';
import type { Node } from '@clearchart/node';

const WITHIN_MS = 90_000;
const AGAIN_MS = 200;

/** @throws Error when it does not come about within the time, or the signal ends it. */
export async function admit(candidate: Node, members: readonly Node[], signal: AbortSignal): Promise<void> {
  const { organization, name } = candidate.hospital;
  const over = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  for (const member of members) void vote(member, candidate, over);
  while (!isMember(candidate)) {
    if (over.aborted) throw new Error(`${name} (${organization}) was not admitted in time`);
    await setTimeout(AGAIN_MS);
  }
}

/** By its own copy of the ledger. */
export function isMember({ hospital }: Node): boolean {
  return hospital.reader.members().some(({ organization }) => organization === hospital.organization);
}

/** Refused while its application has not arrived, and while other members are being changed. */
async function vote({ hospital }: Node, candidate: Node, over: AbortSignal): Promise<void> {
  while (!over.aborted && !isMember(candidate)) {
    // A vote that cannot be cast now, or whose answer is lost, is cast again; the ledger counts it once.
    const answer = await hospital.members.admit(candidate.hospital.organization).catch(() => undefined);
    if (answer !== undefined && 'transactionId' in answer) return;
    await setTimeout(AGAIN_MS);
  }
}
