// Once a decision about the members is final somebody must say that it comes into force: the member whose turn it is at once, the
// others in their turns after it, in case it is the one that is missing.
import { type Signer, fromHex, labelledHash, toHex, uint64, utf8 } from '@clearchart/crypto';
import {
  type ChainId,
  type StateReader,
  type Transaction,
  StateOverlay,
  draftTransaction,
  organizationKey,
  signTransaction,
} from '@clearchart/ledger';
import { membersOf } from './chain.ts';
import type { EngineClock } from './clock.ts';
import type { Proposer } from './make-block.ts';
import { turnOf } from './voter.ts';

export interface ActivationPorts {
  readonly chainId: ChainId;
  /** The state at the final block. */
  readonly final: StateReader;
  readonly proposer: Proposer;
  readonly clock: EngineClock;
  readonly submit: (transaction: Transaction) => void;
}

const AFTER_EACH_TURN_MS = 2_000;
const VALID_FOR_MS = 600_000;

export class Activation {
  readonly #ports: ActivationPorts;
  #cancel: () => void = () => undefined;
  /** Height of the decision that is waited for. */
  #decidedAt: number | undefined;

  constructor(ports: ActivationPorts) {
    this.#ports = ports;
  }

  /** A block has become final, or the node has started. */
  look(): void {
    const { final, proposer, clock } = this.#ports;
    const set = membersOf(final);
    const decidedAt = set.next?.decidedAt;
    if (decidedAt === this.#decidedAt) return;
    this.#cancel();
    this.#decidedAt = decidedAt;
    const turn = turnOf(set, proposer.organization, decidedAt ?? 0);
    if (decidedAt === undefined || turn === undefined) return;
    this.#cancel = clock.after(turn * AFTER_EACH_TURN_MS, () => this.#activate(decidedAt));
  }

  close(): void {
    this.#cancel();
  }

  #activate(decidedAt: number): void {
    const { chainId, clock, final, proposer, submit } = this.#ports;
    const { organization } = proposer;
    if (membersOf(final).next?.decidedAt !== decidedAt) return;
    const signer = this.#signer();
    const seed = labelledHash(
      'clearchart/activation-nonce/v0',
      utf8(organization),
      uint64(decidedAt),
      uint64(clock.now()),
    );
    const draft = draftTransaction({
      chainId,
      type: 'activate-members',
      body: { organization },
      validUntil: clock.now() + VALID_FOR_MS,
      nonce: toHex(seed.subarray(0, 16)),
    });
    if (signer !== undefined)
      submit(signTransaction(draft, [{ signer: organization, role: 'organization', key: signer }]));
    this.#cancel = clock.after(membersOf(final).members.length * AFTER_EACH_TURN_MS, () => this.#activate(decidedAt));
  }

  #signer(): Signer | undefined {
    const { final, proposer } = this.#ports;
    const found = new StateOverlay(final).read(organizationKey(proposer.organization));
    return found === undefined ? undefined : proposer.signerFor(fromHex(found.publicKey));
  }
}
