// The members' own business: who wants to join is put to the vote, and who is to leave.
import type { OrganizationId } from '@clearchart/ledger';
import type { ReferenceLedger } from './checkers/reference-ledger.ts';
import type { Hospital } from './hospital.ts';
import { type SimulatedMember, withTime } from './simulated-member.ts';

/** A network that came to fewer would not survive the loss of one. */
const LEAST_MEMBERS = 4;

export class MemberChanges {
  readonly #reference: ReferenceLedger;
  readonly #candidates: Hospital[];
  #leaving: OrganizationId | undefined;

  /** @param leaving Voted out once everybody has joined. */
  constructor(reference: ReferenceLedger, candidates: readonly Hospital[], leaving: OrganizationId | undefined) {
    this.#reference = reference;
    this.#candidates = [...candidates];
    this.#leaving = leaving;
  }

  /** Each voter casts its ballot on what is next; a second ballot of the same member is refused and does no harm. */
  async act(voters: readonly SimulatedMember[]): Promise<void> {
    const { members, next } = this.#reference.members;
    if (next !== undefined) return;
    const isMember = (organization: OrganizationId) => members.some((member) => member.organization === organization);
    while (this.#candidates[0] !== undefined && isMember(this.#candidates[0].organization)) this.#candidates.shift();
    const [candidate] = this.#candidates;
    if (this.#leaving !== undefined && !isMember(this.#leaving)) this.#leaving = undefined;
    const leaving = candidate === undefined && members.length > LEAST_MEMBERS ? this.#leaving : undefined;
    for (const { engine, hospital, organization, ...voter } of voters.map(withTime)) {
      if (engine === undefined || !isMember(organization)) continue;
      const ballot =
        candidate !== undefined
          ? hospital.admission(candidate, voter.nowMs)
          : leaving !== undefined && leaving !== organization
            ? hospital.retirement(leaving, voter.nowMs)
            : undefined;
      if (ballot !== undefined) await engine.submit(ballot).catch(() => undefined);
    }
  }
}
