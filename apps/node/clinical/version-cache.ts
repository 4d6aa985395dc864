/** Opened versions kept in memory, bounded in bytes. A version never changes, so nothing in it grows old. */
import type { OpenedVersion } from './opened-version.ts';

const CACHE_BYTES = 64 * 1024 * 1024;
/** What one entry costs beside its content. */
const ENTRY_BYTES = 400;

interface Entry {
  readonly version: OpenedVersion;
  /** Used since it was last passed over for eviction. */
  used: boolean;
}

export class VersionCache {
  readonly #kept = new Map<number, Entry>();
  #bytes = 0;

  get(vid: number): OpenedVersion | undefined {
    const found = this.#kept.get(vid);
    if (found === undefined) return undefined;
    found.used = true;
    return found.version;
  }

  add(version: OpenedVersion): void {
    if (this.#kept.has(version.vid)) return;
    this.#kept.set(version.vid, { version, used: false });
    this.#bytes += version.content.length + ENTRY_BYTES;
    if (this.#bytes > CACHE_BYTES) this.#evict();
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  /** Oldest first; what was used since gets a second chance. */
  #evict(): void {
    for (const [vid, entry] of this.#kept) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#kept.delete(vid);
      if (entry.used) this.#kept.set(vid, { version: entry.version, used: false });
      else this.#bytes -= entry.version.content.length + ENTRY_BYTES;
    }
  }
}
