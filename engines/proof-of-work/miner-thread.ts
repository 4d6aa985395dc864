import { parentPort } from 'node:worker_threads';
import { searchNonces } from './nonce-search.ts';
import type { FromThread, ToThread } from './thread-miner.ts';

/** Tried between two looks at the messages: a few milliseconds, so that a stop is heard soon. */
const NONCES_A_STRETCH = 2_048;

let current: Extract<ToThread, { kind: 'search' }> | undefined;
let isStretching = false;

parentPort?.on('message', (message: ToThread) => {
  current = message.kind === 'search' ? message : undefined;
  if (!isStretching) stretch();
});

function stretch(): void {
  isStretching = current !== undefined;
  if (current === undefined) return;
  const nonce = searchNonces(current.search, current.from, NONCES_A_STRETCH);
  if (nonce === undefined) {
    current.from += NONCES_A_STRETCH;
    setImmediate(stretch);
    return;
  }
  const { number } = current;
  current = undefined;
  isStretching = false;
  parentPort?.postMessage({ number, nonce } satisfies FromThread);
}
