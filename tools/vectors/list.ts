/** Every golden file with its text, as it must stand in `vectors/v0`. */
import { chainVectors, genesisVectors } from './chain.ts';
import { encodingVectors } from './encoding.ts';
import { memberVectors } from './members.ts';
import { accessLogVectors, commitmentVectors, receiptVectors } from './receipt.ts';
import { transactionVectors } from './transactions.ts';
import { merkleVectors, stateTreeVectors } from './trees.ts';

export const VECTORS_FOLDER = 'vectors/v0';

const FILES: Readonly<Record<string, () => unknown>> = {
  'access-log.json': accessLogVectors,
  'chain.json': chainVectors,
  'commitment.json': commitmentVectors,
  'encoding.json': encodingVectors,
  'genesis.json': genesisVectors,
  'members.json': memberVectors,
  'merkle.json': merkleVectors,
  'receipt.json': receiptVectors,
  'state-tree.json': stateTreeVectors,
  'transactions.json': transactionVectors,
};

/** Text by path from the repository's root. */
export function goldenFiles(): Map<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, make]) => [`${VECTORS_FOLDER}/${name}`, `${JSON.stringify(make(), null, 1)}\n`]),
  );
}
