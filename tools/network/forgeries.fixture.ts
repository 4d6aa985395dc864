/** Ways to forge a block: each differs in one thing from a block that would be taken. */
import { type Fields, type Forgery, hex, rootOfOne } from './byzantine-wire.fixture.ts';

const YEAR_MS = 365 * 86_400_000;

export interface ForgedBlock {
  readonly name: string;
  /** Of the refusal; undefined when nothing is wrong with it but that nobody can tell yet. */
  readonly code: string | undefined;
  readonly forgery: Forgery;
  readonly proposer?: string;
}

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
): readonly ForgedBlock[] {
  const withStolen = { before: { transactionsRoot: rootOfOne(stolen) }, transactions: [stolen] };
  return [
    { name: 'no work', code: 'block-work-too-small', forgery: { hasNoWork: true } },
    { name: 'an easier target', code: 'block-target-wrong', forgery: { before: { target: 'f'.repeat(64) } } },
    { name: 'not its parent’s next height', code: 'block-height-wrong', forgery: { before: { previousHash: older } } },
    { name: 'another state', code: 'block-state-root-wrong', forgery: { before: { stateRoot: hex(32) } } },
    {
      name: 'other transactions',
      code: 'block-transactions-root-wrong',
      forgery: { before: { transactionsRoot: hex(32) } },
    },
    { name: 'another member set', code: 'block-member-set-wrong', forgery: { before: { memberSetHash: hex(32) } } },
    { name: 'the time of its parent', code: 'block-time-not-rising', forgery: { before: { time: parent.time } } },
    { name: 'a signature of nobody', code: 'block-signature-invalid', forgery: { after: { signature: hex(64) } } },
    { name: 'another’s signature', code: 'block-signature-invalid', forgery: {}, proposer: other },
    { name: 'a proposer that is no member', code: 'block-proposer-unknown', forgery: {}, proposer: hex(16) },
    { name: 'a transaction that it signed for another', code: 'signature-invalid', forgery: withStolen },
    { name: 'another chain', code: 'chain-id-wrong', forgery: { before: { chainId: hex(32) } } },
    { name: 'next year', code: undefined, forgery: { before: { time: Date.now() + YEAR_MS } } },
    { name: 'no parent that anybody has', code: undefined, forgery: { before: { previousHash: hex(32) } } },
  ];
}
