// The chain as everybody must have it: each block that is final anywhere is applied here once more by the plain rules, with nothing
// of the engine's memory. It says what everyone's state must be.
import { type Signer, toHex } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type Genesis,
  MEMBERS_KEY,
  type MemberSet,
  type OrganizationId,
  type TransactionId,
  decodeValue,
  encodeBlock,
  genesisParent,
  headerHash,
  isRejection,
  parentOf,
  transactionId,
} from '@clearchart/ledger';
import { VerifiedSignatures, checkBlock } from '@clearchart/proof-of-work';
import { SOUND } from '../build.ts';
import type { SeededRandom } from '../random.ts';
import { StateFile, openSimulatedState } from '../simulated-state.ts';
import { wrongVersionsOf } from '../wrong-blocks.ts';
import { PromiseBroken } from './promise-broken.ts';

/** Of the blocks, so many are also offered in wrong versions. */
const WRONG_VERSIONS_RATE = 0.02;

export class ReferenceLedger {
  readonly file: StateFile;
  /** Canonical bytes; block 1 first. */
  readonly blocks: Uint8Array[] = [];
  readonly hashes: string[] = [];
  readonly roots: string[] = [];
  readonly heights = new Map<TransactionId, number>();
  readonly #genesis: Genesis;
  readonly #random: SeededRandom;
  readonly #signerOf: (organization: OrganizationId, publicKey: string) => Signer | undefined;
  readonly #signatures = new VerifiedSignatures(SOUND.verifier);
  #parent: BlockParent;

  constructor(
    genesis: Genesis,
    random: SeededRandom,
    signerOf: (organization: OrganizationId, publicKey: string) => Signer | undefined,
  ) {
    this.#genesis = genesis;
    this.#random = random;
    this.#signerOf = signerOf;
    this.file = new StateFile(genesis);
    this.#parent = genesisParent(genesis);
  }

  get height(): number {
    return this.hashes.length;
  }

  get members(): MemberSet {
    return decodeValue(this.file.entries.get(MEMBERS_KEY) ?? new Uint8Array(0)) as MemberSet;
  }

  /** The next block, which is final somewhere. @returns the keys of the state that it changed. */
  async append(block: Block): Promise<Iterable<string>> {
    const state = openSimulatedState(this.file);
    if (this.#random.chance(WRONG_VERSIONS_RATE)) await this.#refuseWrongVersions(block);
    const changes = await checkBlock(block, state, this.#parent, this.#genesis, this.#signatures);
    if (isRejection(changes))
      throw new PromiseBroken(`Block ${block.header.height} became final and is invalid: ${changes.code}`);
    const ids = block.transactions.map(transactionId);
    for (const id of ids) {
      if (this.heights.has(id)) throw new PromiseBroken('A transaction became final twice');
      this.heights.set(id, block.header.height);
    }
    this.file.commit({ header: block.header, hash: headerHash(block.header), ids }, changes);
    this.#parent = parentOf(block.header);
    this.blocks.push(encodeBlock(block));
    this.hashes.push(headerHash(block.header));
    this.roots.push(toHex(changes.root));
    return changes.entries.keys();
  }

  async #refuseWrongVersions(block: Block): Promise<void> {
    const { proposer } = block.header;
    const publicKey = this.members.members.find(({ organization }) => organization === proposer)?.publicKey ?? '';
    const signer = this.#signerOf(proposer, publicKey);
    if (signer === undefined) return;
    const state = openSimulatedState(this.file);
    for (const wrong of wrongVersionsOf(block, signer, this.#random)) {
      const answer = await checkBlock(wrong, state, this.#parent, this.#genesis, this.#signatures);
      if (!isRejection(answer)) throw new PromiseBroken(`A wrong version of block ${block.header.height} was accepted`);
    }
  }
}
