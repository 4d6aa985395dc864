/** A node on the real disk that enrols people without end and says what it has been told is final; made to be killed. */
import { join } from 'node:path';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import { chainIdOf, isRejection, transactionId } from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { type Miner, NOBODY, openProofOfWork, searchNonces, systemClock } from '@clearchart/proof-of-work';
import { lockFolder } from '@clearchart/folder-lock';
import { openConsensusStore } from '@clearchart/consensus-store';
import { openStateStore } from '@clearchart/state-store';
import { found } from './founding.ts';
import { seededRandom } from './random.ts';

/** Small, so that segments begin between any two kills. */
const SEGMENT_BYTES = 20_000;
const IN_FLIGHT = 4;

export function foundOne(seed: number) {
  const { genesis, hospitals } = found(seededRandom(seed), 1, 1, createSigner);
  const [hospital] = hospitals;
  if (hospital === undefined) throw new Error('It has one hospital');
  return { genesis, hospital };
}

export async function openOnDisk(folder: string, { genesis, hospital }: ReturnType<typeof foundOne>) {
  const lock = lockFolder(folder);
  if (lock === undefined) throw new Error('The folder is held by another process');
  const state = openStateStore(join(folder, 'state.db'), genesis);
  const disk = await openNodeDisk(join(folder, 'blocks'), 'write');
  const blocks = await openBlockStore(disk, { acknowledgedHeight: state.height, segmentBytes: SEGMENT_BYTES });
  const miner: Miner = {
    search: async (search) => searchNonces(search, 0, 100_000),
    stop: () => undefined,
    close: async () => undefined,
  };
  const { organization, signerFor } = hospital;
  const proposer = { organization, signerFor };
  const consensus = openConsensusStore(join(folder, 'consensus.db'), chainIdOf(genesis), {
    isNewChain: state.height === 0,
  });
  const engine = await openProofOfWork({
    genesis,
    proposer,
    blocks,
    state,
    consensus,
    network: NOBODY,
    miner,
    verifier: nodeVerifier,
    clock: systemClock,
  });
  return { engine, blocks, state, disk, lock };
}

async function enrolForEver(folder: string, founding: number, seed: number): Promise<void> {
  const founded = foundOne(founding);
  const { hospital } = founded;
  const { engine } = await openOnDisk(folder, founded);
  // The same hospital in each process, but never the same people.
  hospital.reseed(seededRandom(seed));
  engine.onFinal(({ hash, block, ids }) => process.stdout.write(`${block.header.height} ${hash} ${ids.join(' ')}\n`));
  const worker = async (): Promise<void> => {
    for (;;) {
      const transaction = hospital.enrolment(Date.now());
      const answer = await engine.submit(transaction);
      if (isRejection(answer)) throw new Error(answer.code);
      await engine.whenFinal(transactionId(transaction), 10_000);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

if (import.meta.main) {
  const [folder, founding, seed] = process.argv.slice(2);
  await enrolForEver(folder ?? '', Number(founding), Number(seed));
}
