import type { SimulatedMember } from '../simulated-member.ts';
import { PromiseBroken } from './promise-broken.ts';

/** Honest members do not ban each other, whatever the network did to their messages. */
export function checkNoHonestBan(members: readonly SimulatedMember[]): void {
  for (const { engine, organization } of members) {
    for (const other of members) {
      if (other.organization !== organization && (engine?.peers.bansOf(other.organization) ?? 0) > 0)
        throw new PromiseBroken('An honest member has banned an honest member');
    }
  }
}

/** No evidence speaks against an honest member. */
export function checkNoHonestAccused(members: readonly SimulatedMember[]): void {
  const honest = new Set(members.map(({ organization }) => organization));
  for (const { consensus } of members) {
    for (const { first, kind } of consensus.evidence) {
      if (honest.has(first.organization)) throw new PromiseBroken(`An honest member is accused of a ${kind}`);
    }
  }
}
