/** Hashes of the headers below a final one: each header names the one before it, so all of them follow from the highest. */
import { fromHex, toHex } from '@clearchart/crypto';
import {
  encodeSnapshotQuestion,
  type Header,
  headerHash,
  HEADERS_AT_A_TIME,
  type OrganizationId,
  parseHeaders,
} from '@clearchart/ledger';

export interface HeaderHashesPorts {
  /** Of the lowest block that is wanted. */
  readonly lowest: number;
  /** Whose hash is known. */
  readonly top: Header;
  readonly peers: () => readonly OrganizationId[];
  readonly ask: (peer: OrganizationId, question: Uint8Array) => Promise<Uint8Array>;
  readonly onWrong: (peer: OrganizationId) => void;
}

const HASH_BYTES = 32;

export class HeaderHashes {
  readonly #ports: HeaderHashesPorts;
  /** From that of the block before the lowest one up to the top's. */
  readonly #hashes: Uint8Array;
  /** The lowest height whose hash is known. */
  #known: number;

  constructor(ports: HeaderHashesPorts) {
    this.#ports = ports;
    const { lowest, top } = ports;
    this.#hashes = new Uint8Array(Math.max(2, top.height - lowest + 2) * HASH_BYTES);
    this.#known = top.height;
    this.#set(top.height, headerHash(top));
    this.#set(top.height - 1, top.previousHash);
    this.#known = top.height - 1;
  }

  /** Undefined for a height that is not reached yet, or lies outside. */
  at(height: number): string | undefined {
    const { lowest, top } = this.#ports;
    if (height < Math.max(this.#known, lowest - 1) || height > top.height) return undefined;
    const at = (height - lowest + 1) * HASH_BYTES;
    return toHex(this.#hashes.subarray(at, at + HASH_BYTES));
  }

  /** Asks the members until the lowest is reached; false when nobody gives more now. */
  async reachDown(): Promise<boolean> {
    while (this.#known >= this.#ports.lowest) if (!(await this.#reachFurther())) return false;
    return true;
  }

  async #reachFurther(): Promise<boolean> {
    const { ask, lowest, onWrong, peers } = this.#ports;
    const from = Math.max(lowest, this.#known - HEADERS_AT_A_TIME + 1);
    const question = encodeSnapshotQuestion({ kind: 'headers', from, count: this.#known - from + 1 });
    for (const peer of peers()) {
      const headers = await ask(peer, question).then(parseHeaders, () => undefined);
      // Whoever has not so many blocks yet gives fewer.
      if (headers === undefined || headers.length < this.#known - from + 1) continue;
      if (this.#take(headers, from)) return true;
      onWrong(peer);
    }
    return false;
  }

  #take(headers: readonly Header[], from: number): boolean {
    if (headers.length !== this.#known - from + 1) return false;
    let due = this.at(this.#known);
    for (const header of headers.toReversed()) {
      if (headerHash(header) !== due) return false;
      due = header.previousHash;
    }
    for (const header of headers.toReversed()) this.#set(header.height - 1, header.previousHash);
    this.#known = from - 1;
    return true;
  }

  #set(height: number, hash: string): void {
    const at = (height - this.#ports.lowest + 1) * HASH_BYTES;
    if (at >= 0) this.#hashes.set(fromHex(hash), at);
  }
}
