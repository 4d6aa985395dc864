// Work that takes time of the simulated clock, exponentially spread as real work is: so two members find a block at once now and then.
import { type EngineClock, type Miner, searchNonces } from '@clearchart/proof-of-work';
import type { SeededRandom } from './random.ts';

export function simulatedMiner(clock: EngineClock, random: SeededRandom, meanMs: number): Miner {
  let end: (nonce: string | undefined) => void = () => undefined;
  return {
    search(search) {
      end(undefined);
      return new Promise((resolve) => {
        const takesMs = -Math.log(1 - random.fraction()) * meanMs;
        const cancel = clock.after(takesMs, () => end(searchNonces(search, 0, 1_000)));
        end = (nonce) => {
          end = () => undefined;
          cancel();
          resolve(nonce);
        };
      });
    },
    stop: () => end(undefined),
    close: async () => end(undefined),
  };
}
