import { expectChain } from '../session/index.ts';
import { storedMemory } from './chain-memory.ts';

/** What this browser remembers, at this address. */
export const memory = storedMemory(() => localStorage);

/** From the second visit on, nothing is signed for another chain than the one followed before. */
export function pinKnownChain(): void {
  const chainId = memory.pinnedChain();
  if (chainId !== undefined) expectChain(chainId);
}
