/** A short chain of one hospital as a node would have it, for the checkers to find broken. */
import { openBlockStore } from '@clearchart/block-store';
import { toHex } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type Genesis,
  type Signature,
  type Transaction,
  draftBlock,
  encodeBlock,
  genesisParent,
  headerSignatureMessage,
  isRejection,
  parentOf,
} from '@clearchart/ledger';
import { found } from '../founding.ts';
import type { Hospital } from '../hospital.ts';
import { Power } from '../power.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { createSharedSigner } from '../shared-signatures.ts';
import { FIRST_MOMENT_MS } from '../simulated-clock.ts';
import { SimulatedDisk } from '../simulated-disk.ts';
import { EvidenceFolder } from '../simulated-evidence.ts';
import type { SimulatedMember } from '../simulated-member.ts';
import { type StateFile, openSimulatedState } from '../simulated-state.ts';
import { ReferenceLedger } from './reference-ledger.ts';

const LENGTH = 3;

export interface GrownChain {
  readonly genesis: Genesis;
  readonly hospital: Hospital;
  readonly blocks: readonly Block[];
  readonly reference: ReferenceLedger;
  /** Up, with the whole chain in its state and on its disk. */
  readonly member: SimulatedMember & { readonly disk: SimulatedDisk; file: StateFile };
}

/** Chance that offers each block in wrong versions too, or none. */
export function chanceOfWrong(isOffering: boolean): SeededRandom {
  return { ...seededRandom(1), chance: () => isOffering };
}

export function foundOne(): { genesis: Genesis; hospital: Hospital } {
  const { genesis, hospitals } = found(seededRandom(1), 1, 1, createSharedSigner);
  return { genesis, hospital: hospitals[0] as Hospital };
}

export async function growChain(): Promise<GrownChain> {
  const { genesis, hospital } = foundOne();
  const reference = new ReferenceLedger(genesis, chanceOfWrong(false), () => hospital.key);
  const power = new Power();
  const disk = new SimulatedDisk(power, seededRandom(2));
  const store = await openBlockStore(disk, { acknowledgedHeight: 0 });
  const blocks: Block[] = [];
  let parent = genesisParent(genesis);
  for (let height = 1; height <= LENGTH; height += 1) {
    const block = makeBlock(genesis, hospital, reference.file, parent, [hospital.enrolment(parent.time)]);
    await reference.append(block);
    await store.append(height, encodeBlock(block));
    blocks.push(block);
    parent = parentOf(block.header);
  }
  await store.close();
  const file = reference.file.copy(genesis);
  const evidence = new EvidenceFolder();
  const member = { file, disk, power, evidence, found: [], isUp: true, organization: hospital.organization };
  return { genesis, hospital, blocks, reference, member: member as unknown as GrownChain['member'] };
}

/** Good on this state, whatever a ledger that knows more says of it. */
export function makeBlock(
  genesis: Genesis,
  hospital: Hospital,
  file: StateFile,
  parent: BlockParent,
  transactions: readonly Transaction[],
): Block {
  const time = Math.max(parent.time, FIRST_MOMENT_MS) + 1;
  const { organization, key } = hospital;
  const state = openSimulatedState(file);
  const draft = draftBlock(transactions, state, parent, genesis, organization, time, () => true);
  if (isRejection(draft)) throw new Error(draft.code);
  const covered = { ...draft.template, nonce: '0'.repeat(16), signature: '' as Signature };
  const signature = toHex(key.sign(headerSignatureMessage(covered))) as Signature;
  return { header: { ...covered, signature }, transactions };
}
