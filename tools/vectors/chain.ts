import { toHex, uint64 } from '@clearchart/crypto';
import {
  applyBlock,
  type Block,
  type BlockParent,
  type CheckSignature,
  decodeValue,
  draftBlock,
  encodeBlock,
  encodeCanonical,
  genesisMembers,
  genesisParent,
  genesisState,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  meetsTarget,
  memberSetHash,
  parentOf,
  type StateChanges,
  type StateNode,
  type StateReader,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { anchored, asHospital, chainId, genesis, hospital, person, privateKeys, signed } from './actors.ts';
import { everyType } from './transactions.ts';

class Ledger implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly entries = new Map<string, Uint8Array>();
  readonly #nodes = new Map<string, StateNode>();
  readonly #used = new Set<string>();
  get(key: string): Uint8Array | undefined {
    return this.entries.get(key);
  }
  node(hash: Uint8Array): StateNode | undefined {
    return this.#nodes.get(toHex(hash));
  }
  isUsed(id: string): boolean {
    return this.#used.has(id);
  }
  take(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) {
      if (value === undefined) this.entries.delete(key);
      else this.entries.set(key, value);
    }
    for (const [name, node] of changes.nodes) this.#nodes.set(name, node);
    for (const id of changes.usedIds) this.#used.add(id);
  }
}

const checkSignature: CheckSignature = (check) => nodeVerifier.verify(check.publicKey, check.message, check.signature);

function mine(transactions: readonly Transaction[], state: Ledger, parent: BlockParent, time: number): Block {
  const drafted = draftBlock(transactions, state, parent, genesis, hospital.organization, time, checkSignature);
  if (isRejection(drafted)) throw new Error(`vectors: ${drafted.code}`);
  const signature = toHex(hospital.key.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
  let nonce = 0;
  let header: Header;
  do {
    header = { ...drafted.template, nonce: toHex(uint64(nonce)), signature };
    nonce += 1;
  } while (!meetsTarget(headerHash(header), header.target));
  return { header, transactions };
}

/** Block 1 enrols and anchors, block 2 opens an access, anchors a second version and takes a new key for the hospital. */
export function makeChain() {
  const state = new Ledger();
  state.take(genesisState(genesis));
  const types = everyType();
  const [enrol, anchor, log, rotate] = [types[1], types[5], types[6], types[7]] as Transaction[];
  const second = anchored(3, person.pseudonym);
  const { organization } = hospital;
  const again = signed(
    'anchor-records',
    { organization, records: [{ ...second, record: anchored(1, null).record, version: 2 }] },
    [asHospital],
    9,
  );
  const blocks: Block[] = [];
  const states = [stateOf(state)];
  let parent = genesisParent(genesis);
  for (const transactions of [
    [enrol, anchor],
    [log, again, rotate],
  ] as Transaction[][]) {
    const block = mine(transactions, state, parent, parent.time + 1_000);
    const changes = applyBlock(block, state, parent, genesis, checkSignature);
    if (isRejection(changes)) throw new Error(`vectors: ${changes.code}`);
    state.take(changes);
    parent = parentOf(block.header);
    blocks.push(block);
    states.push(stateOf(state));
  }
  return { state, blocks, states, anchor: anchor as Transaction<'anchor-records'> };
}

function stateOf(state: Ledger) {
  const sorted = [...state.entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    root: toHex(state.root),
    entries: Object.fromEntries(sorted.map(([key, value]) => [key, decodeValue(value)])),
  };
}

export function genesisVectors(): unknown {
  const { states } = makeChain();
  return {
    sentences: 'L29 L30 L35',
    genesis,
    canonical: toHex(encodeCanonical(genesis)),
    chainId,
    memberSetHash: memberSetHash(genesisMembers(genesis)),
    state: states[0],
  };
}

export function chainVectors(): unknown {
  const { blocks, states } = makeChain();
  return {
    sentences: 'L13 L16 L22 L27 L31 L32 L33 L34 L35 L36 L37 L46',
    privateKeys,
    genesis,
    chainId,
    blocks: blocks.map((block, index) => ({
      canonical: toHex(encodeBlock(block)),
      headerHash: headerHash(block.header),
      signatureMessage: toHex(headerSignatureMessage(block.header)),
      transactionIds: block.transactions.map(transactionId),
      stateAfter: states[index + 1],
    })),
  };
}
