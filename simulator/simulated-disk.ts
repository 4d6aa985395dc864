// A disk with all the freedom a real one has: until `sync` a write may be lost, torn or reordered by a crash, sector by
// sector; a name may be lost until its folder is synced; a failed sync loses what it should have stored; and bits rot.
import type { Disk, DiskFile } from '@clearchart/block-store';
import type { Power } from './power.ts';
import type { SeededRandom } from './random.ts';

/** Small, so that even a short record can be torn in many places. */
const SECTOR_BYTES = 64;

type Range = { from: number; to: number };

type SimulatedFile = {
  /** What the process sees. */
  seen: Uint8Array;
  /** What surely survives a crash. */
  stored: Uint8Array;
  /** Byte ranges written since the last sync. */
  unsynced: Range[];
  /** Ranges a failed sync has given up: the process sees them, the platter never will. */
  lost: Range[];
  isNamed: boolean;
};

export class SimulatedDisk implements Disk {
  readonly #files = new Map<string, SimulatedFile>();
  /** Of the process that has it open. */
  #power: Power;
  readonly #random: SeededRandom;
  #syncsUntilError = Number.POSITIVE_INFINITY;
  /** When false `sync` only claims to have synced: the broken variant the checkers must catch. */
  isSyncing = true;

  constructor(power: Power, random: SeededRandom) {
    this.#power = power;
    this.#random = random;
  }

  /** Whether a sync has failed since the last crash. */
  hasFailed = false;

  failSyncAfter(syncs: number): void {
    this.#syncsUntilError = syncs;
  }

  async list(): Promise<string[]> {
    return this.#power.step(() => [...this.#files.keys()]);
  }

  async open(name: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile> {
    return this.#power.step(() => {
      let file = this.#files.get(name);
      if (file === undefined) {
        if (mode !== 'create') throw new Error(`${name} is absent`);
        file = { seen: new Uint8Array(0), stored: new Uint8Array(0), unsynced: [], lost: [], isNamed: false };
        this.#files.set(name, file);
      }
      return this.#handle(file);
    });
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    this.#power.step(() => {
      const unsynced = [{ from: 0, to: bytes.length }];
      this.#files.set(name, { seen: bytes.slice(), stored: new Uint8Array(0), unsynced, lost: [], isNamed: false });
    });
  }

  async syncFolder(): Promise<void> {
    this.#power.step(() => {
      if (!this.isSyncing) return;
      for (const file of this.#files.values()) file.isNamed = true;
    });
  }

  /** What the process sees of a file. */
  contentOf(name: string): Uint8Array {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`${name} is absent`);
    return file.seen.slice();
  }

  /** Into another folder, where its name and its bytes are synced. */
  remove(name: string): void {
    this.#files.delete(name);
  }

  /** A new process has the disk; what the old one still holds open is dead. */
  attach(power: Power): void {
    this.#power = power;
  }

  wipe(): void {
    this.#files.clear();
  }

  /** What is on the platter, for `restore`. */
  snapshot(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.#files].map(([name, { stored }]) => [name, stored.slice()]));
  }

  restore(snapshot: ReadonlyMap<string, Uint8Array>): void {
    this.#files.clear();
    for (const [name, stored] of snapshot)
      this.#files.set(name, { seen: stored.slice(), stored: stored.slice(), unsynced: [], lost: [], isNamed: true });
  }

  /** What the next start finds. */
  crash(): void {
    this.#syncsUntilError = Number.POSITIVE_INFINITY;
    this.hasFailed = false;
    for (const [name, file] of this.#files) {
      if (!file.isNamed && this.#random.chance(0.5)) {
        this.#files.delete(name);
        continue;
      }
      const survivor = this.#survivorOf(file);
      this.#files.set(name, { seen: survivor, stored: survivor.slice(), unsynced: [], lost: [], isNamed: true });
    }
  }

  /** One bit of what is stored turns over; returns where, or `undefined` when the disk is empty. */
  flipBit(isInNewest = false): { name: string; offset: number; bit: number } | undefined {
    const names = [...this.#files.keys()].filter((name) => name.endsWith('.blocks') && this.#sizeOf(name) > 0).sort();
    if (names.length === 0) return undefined;
    const name = isInNewest ? (names.at(-1) ?? '') : this.#random.pick(names);
    const offset = this.#random.below(this.#sizeOf(name));
    const bit = this.#random.below(8);
    this.flipBitAt(name, offset, bit);
    return { name, offset, bit };
  }

  flipBitAt(name: string, offset: number, bit: number): void {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`${name} is absent`);
    file.stored[offset] = (file.stored[offset] ?? 0) ^ (1 << bit);
    file.seen[offset] = (file.seen[offset] ?? 0) ^ (1 << bit);
  }

  /** The file ends here, and those that come after it by name are gone. */
  async cutAt(name: string, offset: number): Promise<void> {
    for (const other of this.#files.keys()) if (other > name) this.#files.delete(other);
    const file = await this.open(name, 'write');
    await file.truncate(offset);
    await file.sync();
  }

  #sizeOf(name: string): number {
    return this.#files.get(name)?.stored.length ?? 0;
  }

  #survivorOf(file: SimulatedFile): Uint8Array {
    const fate = this.#random.below(4);
    if (fate === 0 || file.unsynced.length === 0) return file.stored.slice();
    if (fate === 1) return file.seen.slice();
    const survivor = new Uint8Array(Math.max(file.seen.length, file.stored.length));
    survivor.set(file.stored);
    let end = file.stored.length;
    for (const { from, to } of file.unsynced) {
      for (let start = from; start < to; start += SECTOR_BYTES) {
        if (this.#random.chance(0.5)) continue;
        const stop = Math.min(start + SECTOR_BYTES, to);
        survivor.set(file.seen.subarray(start, stop), start);
        end = Math.max(end, stop);
      }
    }
    return survivor.slice(0, fate === 2 ? end : survivor.length);
  }

  #handle(file: SimulatedFile): DiskFile {
    const power = this.#power;
    return {
      size: async () => power.step(() => file.seen.length),
      read: async (offset, length) => power.step(() => file.seen.slice(offset, offset + length)),
      write: async (offset, bytes) =>
        power.step(() => {
          const grown = new Uint8Array(Math.max(file.seen.length, offset + bytes.length));
          grown.set(file.seen);
          grown.set(bytes, offset);
          file.seen = grown;
          file.unsynced.push({ from: offset, to: offset + bytes.length });
        }),
      truncate: async (size) =>
        power.step(() => {
          file.seen = file.seen.slice(0, size);
          file.unsynced = file.unsynced.filter(({ from }) => from < size);
        }),
      sync: async () => power.step(() => this.#sync(file)),
      close: async () => undefined,
    };
  }

  #sync(file: SimulatedFile): void {
    if (this.#syncsUntilError === 0) {
      this.hasFailed = true;
      // As on Linux: the pages are dropped from the list of what is to be written, and the next sync says all is well.
      file.lost.push(...file.unsynced);
      file.unsynced = [];
      throw new Error('EIO');
    }
    this.#syncsUntilError -= 1;
    if (!this.isSyncing) return;
    file.stored = file.seen.slice();
    for (const { from, to } of file.lost) file.stored.fill(0, from, to);
    file.unsynced = [];
  }
}
