// No honest member ever signs two votes that contradict each other, whatever happened to it between them. Looked at on the wire: what
// was never sent binds nobody.
import { type Link, type OrganizationId, type Vote, conflictOf, isSameLink } from '@clearchart/ledger';
import { PromiseBroken } from './promise-broken.ts';

export class HonestVotes {
  readonly #sent = new Map<OrganizationId, Link[]>();

  /** @returns false for one that was sent before. */
  learn(vote: Vote): boolean {
    const sent = this.#sent.get(vote.organization) ?? [];
    for (const before of sent) {
      if (isSameLink(before, vote)) return false;
      const kind = conflictOf(before, vote);
      if (kind !== undefined)
        throw new PromiseBroken(`An honest member signed a ${kind} at block ${vote.target.height}`);
    }
    sent.push(vote);
    this.#sent.set(vote.organization, sent);
    return true;
  }
}
