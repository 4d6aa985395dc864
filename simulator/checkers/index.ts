// Everything that must hold, looked at in the order in which a fault would show best.
import type { Signer } from '@clearchart/crypto';
import {
  type Block,
  type Genesis,
  type OrganizationId,
  headerHash,
  isRejection,
  parseBlock,
  transactionId,
} from '@clearchart/ledger';
import { scanBlocks } from '@clearchart/block-store';
import type { People } from '../people.ts';
import type { SeededRandom } from '../random.ts';
import type { SimulatedMember } from '../simulated-member.ts';
import { AccessLogs } from './access-logs.ts';
import { GivenUpRights } from './given-up-rights.ts';
import { checkDamageKept } from './kept-damage.ts';
import { checkNothingLost } from './nothing-lost.ts';
import { PromiseBroken } from './promise-broken.ts';
import { ReferenceLedger } from './reference-ledger.ts';
import { checkSameChain, checkSameEntries, checkSameRoot } from './same-state.ts';

export class Checkers {
  readonly reference: ReferenceLedger;
  readonly #logs = new AccessLogs();
  readonly #rights = new GivenUpRights();
  readonly #people: People;
  readonly #onBlock: (block: Block) => void;
  /** Height up to which a member was looked at; what it has said to be final lies there or below. */
  readonly #looked = new Map<SimulatedMember, number>();

  constructor(
    genesis: Genesis,
    random: SeededRandom,
    people: People,
    signerOf: (organization: OrganizationId, publicKey: string) => Signer | undefined,
    onBlock: (block: Block) => void,
  ) {
    this.reference = new ReferenceLedger(genesis, random, signerOf);
    this.#rights.learn(this.reference.file, this.reference.file.entries.keys());
    this.#people = people;
    this.#onBlock = onBlock;
  }

  /** After every step of a member. */
  async look(member: SimulatedMember, news: ReadonlyMap<string, Block>): Promise<void> {
    const { file, isUp } = member;
    const height = file.headers.length;
    // Down, its state may be gone and not made again yet; when it is up again all is looked at.
    if (!isUp) return;
    const since = this.#looked.get(member) ?? 0;
    if (height < since) throw new PromiseBroken(`Block ${since} was acknowledged and is not in the state`);
    if (height === since) return;
    checkSameChain(file, since, this.reference);
    const blocks: Block[] = [];
    for (const header of file.headers.slice(this.reference.height))
      blocks.push(news.get(headerHash(header)) ?? (await readBlock(member, header.height)));
    for (const block of blocks) this.#refuseBad(block);
    for (const block of blocks) this.#logs.learn(block);
    this.#logs.check(file, since);
    for (const block of blocks) {
      this.#rights.learn(this.reference.file, await this.reference.append(block));
      this.#onBlock(block);
    }
    checkSameRoot(file, this.reference);
    this.#looked.set(member, height);
  }

  /** When it has come up again. */
  async lookAtStored(member: SimulatedMember): Promise<void> {
    checkDamageKept(member.evidence, member.found);
    await checkNothingLost(member, this.#looked.get(member) ?? 0, this.reference);
  }

  /** Its disks were lost or set back: it has to learn anew what it had told. */
  forget(member: SimulatedMember): void {
    this.#looked.set(member, 0);
  }

  /** When all is healed and quiet. */
  lookAtEnd(members: readonly SimulatedMember[]): void {
    for (const { file } of members) checkSameEntries(file, this.reference.file);
    for (const id of this.#people.told)
      if (!this.reference.heights.has(id)) throw new PromiseBroken('A transaction was said to be final and is lost');
  }

  #refuseBad({ transactions }: Block): void {
    for (const transaction of transactions)
      if (this.#people.bad.has(transactionId(transaction))) throw new PromiseBroken('A bad transaction became final');
  }
}

async function readBlock({ disk, power }: SimulatedMember, height: number): Promise<Block> {
  const resume = power.suspend();
  try {
    for await (const item of scanBlocks(disk)) {
      if ('code' in item || item.height !== height) continue;
      const block = parseBlock(item.bytes);
      if (!isRejection(block)) return block;
    }
  } finally {
    resume();
  }
  throw new PromiseBroken(`Block ${height} is in the state and not on disk`);
}
