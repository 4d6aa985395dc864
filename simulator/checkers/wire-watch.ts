// What honest members say to each other, as far as it tells what they do: votes, and rival blocks.
import { fromUtf8 } from '@clearchart/crypto';
import { type Block, type OrganizationId, type Vote, headerHash } from '@clearchart/ledger';
import type { Coverage } from '../coverage.ts';
import { HonestVotes } from './honest-votes.ts';

const BLOCKS = Buffer.from('"blocks":[{');
const VOTES = Buffer.from('"votes":[{');

export class WireWatch {
  readonly #votes = new HonestVotes();
  readonly #coverage: Coverage;
  readonly #isHonest: (organization: OrganizationId) => boolean;
  readonly #seenAt = new Map<number, Set<string>>();
  #last: Uint8Array | undefined;

  constructor(coverage: Coverage, isHonest: (organization: OrganizationId) => boolean) {
    this.#coverage = coverage;
    this.#isHonest = isHonest;
  }

  hear(from: OrganizationId, message: Uint8Array): void {
    // The same bytes go to all peers one after the other.
    if (message === this.#last || !this.#isHonest(from)) return;
    this.#last = message;
    const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
    if (!bytes.includes(BLOCKS) && !bytes.includes(VOTES)) return;
    const { blocks, votes } = JSON.parse(fromUtf8(message)) as { blocks: Block[]; votes: Vote[] };
    for (const { header } of blocks) {
      const seen = this.#seenAt.get(header.height) ?? new Set();
      this.#seenAt.set(header.height, seen.add(headerHash(header)));
      if (seen.size === 2) this.#coverage.forks += 1;
    }
    for (const vote of votes) if (vote.organization === from && this.#votes.learn(vote)) this.#coverage.votes += 1;
  }
}
