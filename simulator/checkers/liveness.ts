import type { TransactionId } from '@clearchart/ledger';
import type { SimulatedMember } from '../simulated-member.ts';
import type { ReferenceLedger } from './reference-ledger.ts';

/** Nothing waits with a member any more, its last word is final, and all have the same final blocks, those too that only follow. */
export function isTogether(
  nodes: readonly SimulatedMember[],
  reference: ReferenceLedger,
  lastWords: ReadonlyMap<SimulatedMember, TransactionId>,
): boolean {
  const members = new Set(reference.members.members.map(({ organization }) => organization));
  return nodes.every((node) => {
    const { engine, file, organization } = node;
    if (engine === undefined || file.headers.length !== reference.height) return false;
    if (!members.has(organization)) return true;
    const lastWord = lastWords.get(node);
    return engine.status().pending === 0 && lastWord !== undefined && reference.heights.has(lastWord);
  });
}

export function whereTheyAre(members: readonly SimulatedMember[]): string {
  return members
    .map(({ engine, consensus }) => {
      if (engine === undefined) return 'down';
      const { height, finalHeight, pending } = engine.status();
      return `${finalHeight} of ${height}${consensus.knowsOwnVotes ? '' : ' without its votes'}, ${pending} waiting`;
    })
    .join(' | ');
}
