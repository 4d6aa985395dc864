// A small chain in memory, of one hospital or of several that vote, founded, signed and mined by the ledger's own rules.
import { labelledHash, type Signer, toHex, uint32, uint64 } from '@clearchart/crypto';
import {
  type AccessId,
  applyBlock,
  type Block,
  chainIdOf,
  type CheckSignature,
  decodeValue,
  draftBlock,
  draftTransaction,
  type Genesis,
  genesisParent,
  genesisState,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  meetsTarget,
  type OrganizationId,
  organizationIdOf,
  parentOf,
  type Pseudonym,
  signTransaction,
  type StateChanges,
  type StateNode,
  type StateReader,
  type Transaction,
  type TransactionBody,
  type TransactionType,
} from '@clearchart/ledger';
import { ed25519 } from '@noble/curves/ed25519.js';
import { browserVerifier } from './browser-verifier.ts';

const FOUNDED_AT = 1_795_000_000_000;
const BLOCK_EVERY_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Bytes by name and number: tests repeat exactly. */
export function seeded(name: string, index = 0): Uint8Array {
  return labelledHash(`clearchart/test/${name}`, uint32(index));
}

function signerFrom(seed: Uint8Array): Signer {
  return { publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) };
}

class MemoryState implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly #entries = new Map<string, Uint8Array>();
  readonly #nodes = new Map<string, StateNode>();

  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }
  isUsed(): boolean {
    return false;
  }
  node(hash: Uint8Array): StateNode | undefined {
    return this.#nodes.get(toHex(hash));
  }
  apply(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) {
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value);
    }
    for (const [name, node] of changes.nodes) this.#nodes.set(name, node);
  }
}

export interface TestHospital {
  readonly organization: OrganizationId;
  readonly name: string;
  readonly signer: Signer;
}

const hospitalNamed = (name: string): TestHospital => {
  const signer = signerFrom(seeded(name));
  return { organization: organizationIdOf(signer.publicKey), name, signer };
};

const FOUNDERS = ['City General', 'Lake Side', 'North Clinic', 'Harbour Hospital'].map(hospitalNamed);
/** No founder of any test chain. */
export const newcomer = hospitalNamed('Hill Clinic');

/** @param founders How many of the four hospitals it is founded with; the first makes the blocks. */
export function createTestChain(founders = 1) {
  const hospitals = FOUNDERS.slice(0, founders);
  const { signer, organization } = hospitals[0] as TestHospital;
  const genesis = {
    version: 1,
    engine: 'proof-of-work',
    createdAt: FOUNDED_AT,
    target: `00ff${'f'.repeat(60)}`,
    limits: { transactionsPerBlock: 100, blockBytes: 1024 * 1024 },
    members: hospitals.map((one) => ({
      organization: one.organization,
      name: one.name,
      publicKey: toHex(one.signer.publicKey),
    })),
    salt: toHex(seeded('salt')),
  } as unknown as Genesis;
  const state = new MemoryState();
  state.apply(genesisState(genesis));
  const blocks: Block[] = [];
  const checkSignature: CheckSignature = (check) =>
    browserVerifier.verify(check.publicKey, check.message, check.signature);
  let counter = 0;
  const next = (name: string): string => toHex(seeded(name, (counter += 1)).subarray(0, 16));

  return {
    genesis,
    chainId: chainIdOf(genesis),
    organization,
    signer,
    hospitals,
    state,
    blocks,
    get time(): number {
      return blocks.at(-1)?.header.time ?? FOUNDED_AT;
    },
    pseudonym: () => next('pseudonym') as Pseudonym,
    access: () => next('access') as AccessId,
    valueOf(key: string): unknown {
      const bytes = state.get(key);
      return bytes === undefined ? null : decodeValue(bytes);
    },
    sign<T extends TransactionType>(type: T, body: TransactionBody<T>): Transaction<T> {
      return this.signAs(hospitals[0] as TestHospital, type, body);
    },
    signAs<T extends TransactionType>(by: TestHospital, type: T, body: TransactionBody<T>): Transaction<T> {
      const draft = draftTransaction({
        chainId: this.chainId,
        type,
        body,
        validUntil: this.time + HOUR_MS,
        nonce: next('nonce'),
      });
      return signTransaction(draft, [{ signer: by.organization, role: 'organization', key: by.signer }]);
    },
    /** Enrols somebody without a key, in a block of its own. */
    enrol(): Pseudonym {
      const pseudonym = this.pseudonym();
      this.mine([this.sign('enrol-person', { organization, pseudonym, publicKey: null })]);
      return pseudonym;
    },
    /** @throws when the ledger refuses a transaction. */
    mine(transactions: readonly Transaction[]): Block {
      const last = blocks.at(-1);
      const parent = last === undefined ? genesisParent(genesis) : parentOf(last.header);
      const drafted = draftBlock(
        transactions,
        state,
        parent,
        genesis,
        organization,
        this.time + BLOCK_EVERY_MS,
        checkSignature,
      );
      if (isRejection(drafted)) throw new Error(`refused: ${drafted.code}`);
      const signature = toHex(signer.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
      let header: Header;
      let nonce = 0;
      do header = { ...drafted.template, nonce: toHex(uint64(nonce++)), signature };
      while (!meetsTarget(headerHash(header), header.target));
      const block = { header, transactions };
      const changes = applyBlock(block, state, parent, genesis, checkSignature);
      if (isRejection(changes)) throw new Error(`refused: ${changes.code}`);
      state.apply(changes);
      blocks.push(block);
      return block;
    },
  };
}

export type TestChain = ReturnType<typeof createTestChain>;
