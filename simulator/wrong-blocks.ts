// Blocks that are wrong in exactly one thing: signed and mined anew by the proposer, so that no other check stands in.
import { type Signer, fromHex, toHex } from '@clearchart/crypto';
import {
  type Block,
  type Hash,
  type Header,
  type Signature,
  headerSignatureMessage,
  memberSetHash,
  transactionsRoot,
} from '@clearchart/ledger';
import type { SeededRandom } from './random.ts';

/** `signer` holds the key the proposer had at this block. */
export function wrongVersionsOf(block: Block, signer: Signer, random: SeededRandom): Block[] {
  const { header, transactions } = block;
  const hash = () => toHex(random.bytes(32));
  const signed = (changes: Partial<Header>, kept = transactions): Block => {
    const changed = { ...header, transactionsRoot: transactionsRoot(kept), ...changes };
    const signature = toHex(signer.sign(headerSignatureMessage(changed))) as Signature;
    return { header: { ...changed, signature }, transactions: kept };
  };
  const [first] = transactions;
  return [
    signed({ stateRoot: hash() as Hash }),
    signed({ transactionsRoot: hash() as Hash }),
    signed({ previousHash: hash() as Header['previousHash'] }),
    signed({ height: header.height + 1 }),
    signed({ target: `7${'f'.repeat(63)}` as Hash }),
    signed({ memberSetHash: memberSetHash({ members: [] }) }),
    signed({ proposer: toHex(random.bytes(16)) as Header['proposer'] }),
    signed({ time: 0 }),
    { header: { ...header, signature: flipped(header.signature) as Signature }, transactions },
    ...(first === undefined ? [] : [signed({}, [...transactions, first]), signed({}, transactions.slice(1))]),
  ];
}

function flipped(signature: string): string {
  const bytes = fromHex(signature);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return toHex(bytes);
}
