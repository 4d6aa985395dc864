/** Ways to forge a block: each differs in one thing from a block that would be taken. */
import { type Fields, type Forgery, hex } from './byzantine-wire.fixture.ts';

const YEAR_MS = 365 * 86_400_000;

/**
 * @param parent The head of the others.
 * @param older Hash of a block that is final there.
 * @param other A member whose key the forger has not.
 * @param stolen A transaction that the forger signed in its name.
 */
export function forgeries(
  parent: { readonly time: number },
  older: string,
  other: string,
  stolen: Fields,
): readonly { readonly name: string; readonly forgery: Forgery; readonly proposer?: string }[] {
  return [
    { name: 'no work', forgery: { hasNoWork: true } },
    { name: 'an easier target', forgery: { before: { target: 'f'.repeat(64) } } },
    { name: 'a height that is not its parent’s next', forgery: { before: { previousHash: older } } },
    { name: 'another state', forgery: { before: { stateRoot: hex(32) } } },
    { name: 'other transactions', forgery: { before: { transactionsRoot: hex(32) } } },
    { name: 'another member set', forgery: { before: { memberSetHash: hex(32) } } },
    { name: 'the time of its parent', forgery: { before: { time: parent.time } } },
    { name: 'a signature of nobody', forgery: { after: { signature: hex(64) } } },
    { name: 'a proposer whose key it has not', forgery: {}, proposer: other },
    { name: 'a proposer that is no member', forgery: {}, proposer: hex(16) },
    { name: 'a transaction that it signed for another', forgery: { transactions: [stolen] } },
    { name: 'another chain', forgery: { before: { chainId: hex(32) } } },
    { name: 'next year', forgery: { before: { time: Date.now() + YEAR_MS } } },
    { name: 'no parent that anybody has', forgery: { before: { previousHash: hex(32) } } },
  ];
}
