// Finds tree nodes by hash without an index over hashes: whoever reads a tree comes down from its root, and each node
// read tells where its children lie. New nodes learn their children's places by going down the old tree beside the new one.
import { equalBytes, toHex } from '@clearchart/crypto';
import type { StateNode } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { NodePages, childHashes, decodeSlot, pageChecksum, pageOf } from './node-page.ts';
import type { NodeLocation, PlacedNode } from './node-page.ts';

/** Places remembered: at least this many of the newest, at most twice as many. More than a block of the largest size touches. */
const PLACES_LIMIT = 250_000;
/** Pages of nodes kept in memory, 4 KiB each. */
const PAGES_LIMIT = 4_096;

type Old = { hash: string; location: NodeLocation };
const NOTHING: Old = { hash: '', location: 0 };
const EMPTY = '00'.repeat(32);

/** A block's new nodes, laid out: the pages to store, and where the new root and each node lie. */
export type PlacedTree = {
  location: NodeLocation;
  pages: { page: number; nodes: Uint8Array }[];
  placed: ReadonlyMap<string, NodeLocation>;
};

export class TreeNodes {
  readonly #selectPage;
  readonly #selectRoot;
  readonly #pages = new Map<number, Uint8Array>();
  /** Where the current root lies. */
  #head: NodeLocation;
  #places = new Map<string, NodeLocation>();
  #olderPlaces = new Map<string, NodeLocation>();

  constructor(database: DatabaseSync, root: Uint8Array) {
    this.#selectPage = database.prepare('SELECT nodes, checksum FROM node_pages WHERE page = ?');
    this.#selectRoot = database.prepare('SELECT location FROM roots WHERE root = ?');
    this.#head = this.rootLocation(root) ?? 0;
  }

  /** The node, when it hangs under a root that was ever stored and its parent, or it itself as a root, was found before. */
  find(hash: Uint8Array): StateNode | undefined {
    const location = this.#placeOf(toHex(hash)) ?? this.rootLocation(hash) ?? this.#searchWhole(toHex(hash));
    return location === undefined || location === 0 ? undefined : this.#load(location).node;
  }

  rootLocation(root: Uint8Array): NodeLocation | undefined {
    const row = this.#selectRoot.get(root);
    return row === undefined ? undefined : Number(row['location']);
  }

  place(root: Uint8Array, nodes: ReadonlyMap<string, StateNode>, oldRoot: Uint8Array, firstPage: number): PlacedTree {
    const pages = new NodePages(firstPage);
    const placed = new Map<string, NodeLocation>();
    const descend = (hash: string, old: Old): NodeLocation => {
      if (hash === EMPTY) return 0;
      const node = nodes.get(hash);
      if (node === undefined) return this.#unchanged(hash, old);
      const known = placed.get(hash);
      if (known !== undefined) return known;
      let [left, right] = [0, 0];
      const children = childHashes(node);
      if (children !== undefined) {
        const [oldLeft, oldRight] = this.#childrenOf(old);
        left = descend(toHex(children.left), oldLeft);
        right = descend(toHex(children.right), oldRight);
      }
      const location = pages.add({ node, left, right });
      placed.set(hash, location);
      return location;
    };
    const location = descend(toHex(root), { hash: toHex(oldRoot), location: this.rootLocation(oldRoot) ?? 0 });
    return { location, pages: pages.finished(), placed };
  }

  /** Once they are stored: what the block made is found without reading anything. */
  remember(tree: PlacedTree): void {
    for (const { page, nodes } of tree.pages) this.#keepPage(page, nodes);
    for (const [hash, location] of tree.placed) this.#keepPlace(hash, location);
    this.#head = tree.location;
  }

  #childrenOf(old: Old): [Old, Old] {
    if (old.location === 0) return [NOTHING, NOTHING];
    const { node, left, right } = this.#load(old.location);
    const children = childHashes(node);
    // A leaf may have been pushed down on either side by a new neighbour.
    if (children === undefined) return [old, old];
    return [
      { hash: toHex(children.left), location: left },
      { hash: toHex(children.right), location: right },
    ];
  }

  /** Reads the whole current tree: only for a node whose place was forgotten because more was touched since than is remembered. */
  #searchWhole(hash: string): NodeLocation | undefined {
    return this.#head === 0 ? undefined : this.#searchBelow(hash, { hash: '', location: this.#head });
  }

  /** What did not change lies where it lay, or, after deletions around it, somewhere below. */
  #unchanged(hash: string, old: Old): NodeLocation {
    if (old.location === 0) throw new Error('A tree node has neither been made nor been there before');
    if (old.hash === hash) return old.location;
    for (const child of this.#childrenOf(old)) {
      if (child.location === 0 || child.location === old.location) continue;
      const location = this.#searchBelow(hash, child);
      if (location !== undefined) return location;
    }
    throw new Error('A tree node has neither been made nor been there before');
  }

  #searchBelow(hash: string, old: Old): NodeLocation | undefined {
    if (old.hash === hash) return old.location;
    for (const child of this.#childrenOf(old)) {
      if (child.location === 0 || child.location === old.location) continue;
      const location = this.#searchBelow(hash, child);
      if (location !== undefined) return location;
    }
    return undefined;
  }

  #load(location: NodeLocation): PlacedNode {
    const placed = decodeSlot(this.#page(pageOf(location)), location);
    if (placed === undefined) throw new Error(`state.db has no tree node at ${location}`);
    const children = childHashes(placed.node);
    if (children !== undefined) {
      this.#keepPlace(toHex(children.left), placed.left);
      this.#keepPlace(toHex(children.right), placed.right);
    }
    return placed;
  }

  #page(page: number): Uint8Array {
    const kept = this.#pages.get(page);
    if (kept !== undefined) return kept;
    const row = this.#selectPage.get(page);
    const [nodes, checksum] = [row?.['nodes'], row?.['checksum']];
    if (!(nodes instanceof Uint8Array && checksum instanceof Uint8Array)) {
      throw new Error(`state.db has no page ${page} of tree nodes`);
    }
    // A block built on a rotten node would be wrong for ever; better no block.
    if (!equalBytes(pageChecksum(nodes), checksum))
      throw new Error(`Page ${page} of tree nodes in state.db is damaged`);
    this.#keepPage(page, nodes);
    return nodes;
  }

  #keepPage(page: number, nodes: Uint8Array): void {
    this.#pages.set(page, nodes);
    if (this.#pages.size <= PAGES_LIMIT) return;
    for (const oldest of this.#pages.keys()) {
      this.#pages.delete(oldest);
      break;
    }
  }

  #placeOf(hash: string): NodeLocation | undefined {
    return this.#places.get(hash) ?? this.#olderPlaces.get(hash);
  }

  #keepPlace(hash: string, location: NodeLocation): void {
    if (location === 0) return;
    this.#places.set(hash, location);
    if (this.#places.size < PLACES_LIMIT) return;
    this.#olderPlaces = this.#places;
    this.#places = new Map();
  }
}
