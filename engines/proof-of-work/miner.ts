import type { NonceSearch } from './nonce-search.ts';

/** Finds a nonce. One search at a time; a new one or `stop` ends the one before with `undefined`. */
export interface Miner {
  search(search: NonceSearch): Promise<string | undefined>;
  stop(): void;
  close(): Promise<void>;
}
