// A network's genesis file and the hospitals of its run, those that will join later too.
import { type Signer, toHex } from '@clearchart/crypto';
import { type Genesis, chainIdOf } from '@clearchart/ledger';
import { Hospital } from './hospital.ts';
import type { SeededRandom } from './random.ts';
import { FIRST_MOMENT_MS } from './simulated-clock.ts';

/** Any hash is below it: work that the simulated miner's time stands for. */
const EASIEST_TARGET = 'f'.repeat(64);

const nameOf = (index: number): string => `Hospital ${index + 1}`;

export interface Founding {
  readonly genesis: Genesis;
  readonly hospitals: readonly Hospital[];
}

/** @param founders Of the hospitals the first so many, which are members from the beginning. */
export function found(
  random: SeededRandom,
  count: number,
  founders: number,
  createSigner: (seed: Uint8Array) => Signer,
): Founding {
  const hospitals = Array.from({ length: count }, (_, index) => new Hospital(random, nameOf(index), createSigner));
  const genesis = {
    version: 1,
    engine: 'proof-of-work',
    createdAt: FIRST_MOMENT_MS - 60_000,
    target: EASIEST_TARGET,
    limits: { transactionsPerBlock: 6, blockBytes: 64 * 1024 },
    members: hospitals.slice(0, founders).map(({ organization, key }, index) => ({
      organization,
      name: nameOf(index),
      publicKey: toHex(key.publicKey),
    })),
    salt: toHex(random.bytes(32)),
  } as unknown as Genesis;
  for (const hospital of hospitals) hospital.joinChain(chainIdOf(genesis));
  return { genesis, hospitals };
}
