/** Ledger objects go out as they are; their shape is the ledger's own contract. */
import type { FinalityProof } from '@clearchart/ledger';

export const plain = (value: object): Record<string, unknown> => value as Record<string, unknown>;

/** Beside the header that it is of. */
export function plainFinality({ votes, following }: FinalityProof) {
  return { votes: votes.map(plain), ...(following === undefined ? {} : { following: following.map(plain) }) };
}
