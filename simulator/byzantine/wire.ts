// The wire format, written down a second time: what the byzantine member says is put together here and by nothing of the engine's.
import { fromUtf8, utf8 } from '@clearchart/crypto';
import type { Block, Checkpoint, Transaction, Vote } from '@clearchart/ledger';

export interface Heard {
  readonly blocks: readonly Block[];
  readonly votes: readonly Vote[];
}

const NOTHING: Heard = { blocks: [], votes: [] };

/** Members of the message in the order of the protocol; blocks and transactions canonical as they came. */
export function message(parts: {
  transactions?: readonly Transaction[];
  blocks?: readonly Block[];
  votes?: readonly Vote[];
  tips?: readonly Checkpoint[];
}): Uint8Array {
  const { transactions = [], blocks = [], votes = [], tips = [] } = parts;
  return utf8(JSON.stringify({ transactions: sorted(transactions), blocks: sorted(blocks), votes, heads: [], tips }));
}

export function chainAnswer(blocks: readonly Block[], tip: Checkpoint): Uint8Array {
  return utf8(JSON.stringify({ blocks: sorted(blocks), links: [], votes: [], tip }));
}

export function hear(bytes: Uint8Array): Heard {
  try {
    const heard = JSON.parse(fromUtf8(bytes)) as Partial<Heard>;
    return { blocks: heard.blocks ?? [], votes: heard.votes ?? [] };
  } catch {
    return NOTHING;
  }
}

export function questionKind(bytes: Uint8Array): string {
  try {
    return String((JSON.parse(fromUtf8(bytes)) as { kind?: unknown }).kind);
  } catch {
    return '';
  }
}

/** JSON with the members of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, sorted(inner)]));
}
