// Finds tree nodes by hash without an index over hashes: whoever reads a tree comes down from its root, and each node
// read tells where its children lie. New nodes learn their children's places by going down the old tree beside the new one.
import { equalBytes } from '@clearchart/crypto';
import type { StateNode } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { CheckedTable, StateDamaged } from './checked-rows.ts';
import { NodePages, childHashes, decodeSlot, pageOf } from './node-page.ts';
import type { NodeLocation, PlacedNode } from './node-page.ts';

/** Places remembered: at least this many of the newest, at most twice as many. More than the nodes on all kept pages. */
const PLACES_LIMIT = 250_000;
/** Pages of nodes kept in memory, 4 KiB each. */
const PAGES_LIMIT = 2_048;
/**
 * Nodes kept that were read, some 300 bytes each; a block of 2,000 entries reads some 50,000 in a tree of a million. Less than half of the
 * places remembered, so that those of their children are.
 */
const READ_LIMIT = 100_000;

/** A node of the tree before the block, met on the way down beside the new one. */
type Old = { hash: Uint8Array; location: NodeLocation };
const EMPTY_HASH = new Uint8Array(32);
const NOTHING: Old = { hash: EMPTY_HASH, location: 0 };

/** `areChildrenKnown`: the places of all children were remembered when the page was made. */
type Page = { nodes: Uint8Array; areChildrenKnown: boolean };

/** A block's new nodes, laid out: the pages to store, and where the new root and each node or neighbour lie. */
export type PlacedTree = {
  location: NodeLocation;
  pages: { page: number; nodes: Uint8Array }[];
  places: ReadonlyMap<string, NodeLocation>;
};

export class TreeNodes {
  readonly #pageRows: CheckedTable;
  readonly #rootRows: CheckedTable;
  readonly #pages = new Map<number, Page>();
  /** What was read since the last block was stored: placing its successor reads it a second time, when its page has long given way to others. */
  readonly #read = new Map<NodeLocation, PlacedNode>();
  /** Where the current root lies. */
  #head: NodeLocation;
  #places = new Map<string, NodeLocation>();
  #olderPlaces = new Map<string, NodeLocation>();

  constructor(database: DatabaseSync, root: Uint8Array) {
    this.#pageRows = new CheckedTable(database, 'node_pages');
    this.#rootRows = new CheckedTable(database, 'roots');
    this.#head = this.rootLocation(root) ?? 0;
  }

  /** The node, when it hangs under a root that was ever stored and its parent, or it itself as a root, was found before. */
  find(hash: Uint8Array): StateNode | undefined {
    const location = this.#placeOf(hexOf(hash)) ?? this.rootLocation(hash) ?? this.#searchWhole(hash);
    if (location === undefined || location === 0) return undefined;
    const read = this.#read.get(location);
    if (read !== undefined) return read.node;
    const placed = this.#load(location);
    if (this.#page(pageOf(location)).areChildrenKnown) return placed.node;
    this.#keepChildren(placed);
    this.#keepRead(location, placed);
    return placed.node;
  }

  rootLocation(root: Uint8Array): NodeLocation | undefined {
    const row = this.#rootRows.get(root);
    return row === undefined ? undefined : Number(row['location']);
  }

  place(root: Uint8Array, nodes: ReadonlyMap<string, StateNode>, oldRoot: Uint8Array, firstPage: number): PlacedTree {
    const pages = new NodePages(firstPage);
    const places = new Map<string, NodeLocation>();
    const descend = (hash: Uint8Array, old: Old): NodeLocation => {
      const name = hexOf(hash);
      const node = nodes.get(name);
      const known = places.get(name);
      if (known !== undefined) return known;
      let location: NodeLocation;
      if (node === undefined) {
        if (equalBytes(hash, EMPTY_HASH)) return 0;
        location = this.#unchanged(hash, old);
      } else {
        let [left, right] = [0, 0];
        const children = childHashes(node);
        if (children !== undefined) {
          const [oldLeft, oldRight] = this.#childrenOf(old);
          left = descend(children.left, oldLeft);
          right = descend(children.right, oldRight);
        }
        location = pages.add({ node, left, right });
      }
      places.set(name, location);
      return location;
    };
    const location = descend(root, { hash: oldRoot, location: this.rootLocation(oldRoot) ?? 0 });
    return { location, pages: pages.finished(), places };
  }

  /** Once they are stored: what the block made is found without reading anything. */
  remember(tree: PlacedTree): void {
    for (const { page, nodes } of tree.pages) this.#keepPage(page, { nodes, areChildrenKnown: true });
    for (const [name, location] of tree.places) this.#keepPlace(name, location);
    this.#head = tree.location;
    this.#read.clear();
  }

  #childrenOf(old: Old): [Old, Old] {
    if (old.location === 0) return [NOTHING, NOTHING];
    const { node, left, right } = this.#load(old.location);
    const children = childHashes(node);
    // A leaf may have been pushed down on either side by a new neighbour.
    if (children === undefined) return [old, old];
    return [
      { hash: children.left, location: left },
      { hash: children.right, location: right },
    ];
  }

  /** What did not change lies where it lay, or, after deletions around it, somewhere below. */
  #unchanged(hash: Uint8Array, old: Old): NodeLocation {
    const location = old.location === 0 ? undefined : this.#searchBelow(hash, old);
    if (location === undefined) throw new Error('A tree node has neither been made nor been there before');
    return location;
  }

  #searchBelow(hash: Uint8Array, old: Old): NodeLocation | undefined {
    if (equalBytes(old.hash, hash)) return old.location;
    for (const child of this.#childrenOf(old)) {
      if (child.location === 0 || child.location === old.location) continue;
      const location = this.#searchBelow(hash, child);
      if (location !== undefined) return location;
    }
    return undefined;
  }

  /** Reads the whole current tree: only for a node whose place was forgotten because more was touched since than is remembered. */
  #searchWhole(hash: Uint8Array): NodeLocation | undefined {
    return this.#head === 0 ? undefined : this.#searchBelow(hash, { hash: EMPTY_HASH, location: this.#head });
  }

  #load(location: NodeLocation): PlacedNode {
    const read = this.#read.get(location);
    if (read !== undefined) return read;
    const placed = decodeSlot(this.#page(pageOf(location)).nodes, location);
    if (placed === undefined) throw new StateDamaged(`state.db node_pages: there is no tree node at ${location}`);
    return placed;
  }

  #page(page: number): Page {
    const kept = this.#pages.get(page);
    if (kept !== undefined) return kept;
    // A block built on a rotten node would be wrong for ever; better no block.
    const nodes = this.#pageRows.get(page)?.['nodes'];
    if (!(nodes instanceof Uint8Array)) throw new StateDamaged(`state.db node_pages: page ${page} is not there`);
    return this.#keepPage(page, { nodes, areChildrenKnown: false });
  }

  #keepPage(page: number, kept: Page): Page {
    this.#pages.set(page, kept);
    if (this.#pages.size <= PAGES_LIMIT) return kept;
    for (const oldest of this.#pages.keys()) {
      this.#pages.delete(oldest);
      break;
    }
    return kept;
  }

  /** Without its page; `Buffer` puts many small copies into one allocation. */
  #keepRead(location: NodeLocation, { node, left, right }: PlacedNode): void {
    if (this.#read.size >= READ_LIMIT) this.#read.clear();
    this.#read.set(location, { node: Buffer.from(node), left, right });
  }

  #placeOf(name: string): NodeLocation | undefined {
    return this.#places.get(name) ?? this.#olderPlaces.get(name);
  }

  #keepChildren({ node, left, right }: PlacedNode): void {
    const children = childHashes(node);
    if (children === undefined) return;
    this.#keepPlace(hexOf(children.left), left);
    this.#keepPlace(hexOf(children.right), right);
  }

  #keepPlace(name: string, location: NodeLocation): void {
    if (location === 0) return;
    this.#places.set(name, location);
    if (this.#places.size < PLACES_LIMIT) return;
    this.#olderPlaces = this.#places;
    this.#places = new Map();
  }
}

/** As `toHex`, but flat in memory at once: these names only ever key maps. */
function hexOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('hex');
}
