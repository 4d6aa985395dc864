// Mining in worker threads, so that the process goes on answering. The threads are started at the first search and sleep
// while nothing waits; each looks in nonces of its own.
import { Worker } from 'node:worker_threads';
import type { Miner } from './miner.ts';
import type { NonceSearch } from './nonce-search.ts';

/** Threads beyond the number of cores find nothing faster. */
export const MINER_THREADS_LIMIT = 16;

export type ToThread = { kind: 'search'; number: number; search: NonceSearch; from: number } | { kind: 'stop' };
export type FromThread = { number: number; nonce: string };

type Running = { number: number; resolve: (nonce: string | undefined) => void; reject: (error: unknown) => void };

export function createThreadMiner(threads = 1): Miner {
  if (!(threads >= 1 && threads <= MINER_THREADS_LIMIT)) throw new RangeError(`1 to ${MINER_THREADS_LIMIT} threads`);
  let workers: Worker[] = [];
  let number = 0;
  let running: Running | undefined;
  let isClosed = false;

  function start(): void {
    workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL('./miner-thread.ts', import.meta.url));
      worker.unref();
      worker.on('message', (message: FromThread) => {
        if (message.number === running?.number) end(message.nonce);
      });
      worker.on('error', fail);
      return worker;
    });
  }

  function tell(message: ToThread): void {
    for (const worker of workers) worker.postMessage(message);
  }

  function end(nonce: string | undefined): void {
    const ended = running;
    if (ended === undefined) return;
    running = undefined;
    if (threads > 1 || nonce === undefined) tell({ kind: 'stop' });
    for (const worker of workers) worker.unref();
    ended.resolve(nonce);
  }

  /** A thread that died is a fault of this process: the search fails, and the next one starts new threads. */
  function fail(error: unknown): void {
    const failed = running;
    running = undefined;
    for (const worker of workers) void worker.terminate();
    workers = [];
    failed?.reject(error);
  }

  return {
    search(search) {
      if (isClosed) return Promise.resolve(undefined);
      end(undefined);
      if (workers.length === 0) start();
      number += 1;
      return new Promise((resolve, reject) => {
        running = { number, resolve, reject };
        for (const [index, worker] of workers.entries()) {
          worker.ref();
          const from = index * Math.floor(Number.MAX_SAFE_INTEGER / threads);
          worker.postMessage({ kind: 'search', number, search, from } satisfies ToThread);
        }
      });
    },
    stop: () => end(undefined),
    async close() {
      isClosed = true;
      end(undefined);
      await Promise.all(workers.map((worker) => worker.terminate()));
      workers = [];
    },
  };
}
