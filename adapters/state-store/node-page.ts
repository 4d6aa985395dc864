// Tree nodes lie in pages in the order they were made, so a block appends a few pages instead of touching as many random
// places as it has nodes. An inner node carries where its children lie; the layout follows from the blocks alone.
//   slot: node 65 · location of its left child 6 · of its right child 6
import type { StateNode } from '@clearchart/ledger';

const NODE_BYTES = 65;
const SLOT_BYTES = NODE_BYTES + 12;
const INNER = 1;
/** So many that a row fits on one 4 KiB page of SQLite. */
export const SLOTS_PER_PAGE = 51;
const SLOTS_SPAN = 64;

/** Page × 64 + slot; 0 is "no node". */
export type NodeLocation = number;
export type PlacedNode = { node: StateNode; left: NodeLocation; right: NodeLocation };

export function pageOf(location: NodeLocation): number {
  return Math.floor(location / SLOTS_SPAN);
}

/** Collects the new nodes of one block into pages from `firstPage` on. */
export class NodePages {
  readonly #firstPage: number;
  readonly #pages: Uint8Array[] = [];
  #slots = 0;

  constructor(firstPage: number) {
    this.#firstPage = firstPage;
  }

  add(placed: PlacedNode): NodeLocation {
    const slot = this.#slots % SLOTS_PER_PAGE;
    if (slot === 0) this.#pages.push(new Uint8Array(SLOTS_PER_PAGE * SLOT_BYTES));
    const page = this.#pages.length - 1;
    encodeSlot(this.#pages[page] ?? new Uint8Array(0), slot * SLOT_BYTES, placed);
    this.#slots += 1;
    return (this.#firstPage + page) * SLOTS_SPAN + slot;
  }

  /** The last page as short as its slots. */
  finished(): { page: number; nodes: Uint8Array }[] {
    return this.#pages.map((nodes, index) => {
      const used = Math.min(this.#slots - index * SLOTS_PER_PAGE, SLOTS_PER_PAGE);
      return { page: this.#firstPage + index, nodes: nodes.subarray(0, used * SLOT_BYTES) };
    });
  }
}

/** `undefined` when the page has no such slot. */
export function decodeSlot(nodes: Uint8Array, location: NodeLocation): PlacedNode | undefined {
  const at = (location % SLOTS_SPAN) * SLOT_BYTES;
  if (at + SLOT_BYTES > nodes.length) return undefined;
  const node = nodes.subarray(at, at + NODE_BYTES);
  return { node, left: readLocation(nodes, at + NODE_BYTES), right: readLocation(nodes, at + NODE_BYTES + 6) };
}

function encodeSlot(nodes: Uint8Array, at: number, { node, left, right }: PlacedNode): void {
  nodes.set(node, at);
  writeLocation(nodes, at + NODE_BYTES, left);
  writeLocation(nodes, at + NODE_BYTES + 6, right);
}

/** Hashes of an inner node's children; `undefined` for a leaf. */
export function childHashes(node: StateNode): { left: Uint8Array; right: Uint8Array } | undefined {
  return node[0] === INNER ? { left: node.subarray(1, 33), right: node.subarray(33, NODE_BYTES) } : undefined;
}

function writeLocation(bytes: Uint8Array, at: number, location: NodeLocation): void {
  let rest = location;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[at + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function readLocation(bytes: Uint8Array, at: number): NodeLocation {
  let location = 0;
  for (let index = 0; index < 6; index += 1) location = location * 256 + (bytes[at + index] ?? 0);
  return location;
}
