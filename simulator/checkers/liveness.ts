import type { SimulatedMember } from '../simulated-member.ts';
import type { ReferenceLedger } from './reference-ledger.ts';

/** Nothing waits with a member any more, and all have the same final blocks, those too that only follow. */
export function isTogether(nodes: readonly SimulatedMember[], reference: ReferenceLedger): boolean {
  const members = new Set(reference.members.members.map(({ organization }) => organization));
  return nodes.every(({ engine, file, organization }) => {
    if (engine === undefined || file.headers.length !== reference.height) return false;
    return !members.has(organization) || engine.status().pending === 0;
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
