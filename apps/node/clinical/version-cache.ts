/** Opened versions kept in memory, bounded in bytes. A version never changes, so nothing in it grows old. */
import type { OpenedVersion } from './versions.ts';

const CACHE_BYTES = 64 * 1024 * 1024;
/** What one entry costs beside its content. */
const ENTRY_BYTES = 400;

export class VersionCache {
  readonly #kept = new Map<number, OpenedVersion>();
  #bytes = 0;

  get(vid: number): OpenedVersion | undefined {
    const found = this.#kept.get(vid);
    if (found !== undefined) {
      this.#kept.delete(vid);
      this.#kept.set(vid, found);
    }
    return found;
  }

  add(version: OpenedVersion): void {
    if (this.#kept.has(version.vid)) return;
    this.#kept.set(version.vid, version);
    this.#bytes += version.content.length + ENTRY_BYTES;
    for (const [vid, oldest] of this.#kept) {
      if (this.#bytes <= CACHE_BYTES) break;
      this.#kept.delete(vid);
      this.#bytes -= oldest.content.length + ENTRY_BYTES;
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
