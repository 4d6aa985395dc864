/**
 * Paging cursors: the whole query and the place of the last hit, sealed, so that a link says nothing and
 * nobody bends one. A place is a value, not a count: it survives writes before it.
 */
import {
  type Aead,
  fromBase64Url,
  hmacSha256,
  openEnvelope,
  type Random,
  sealEnvelope,
  toBase64Url,
  utf8,
} from '@clearchart/crypto';
import { badSearch } from '../refusal.ts';
import type { SearchParameters } from './request.ts';

export type SortValue = string | number | null;

export interface Place {
  readonly keys: readonly SortValue[];
  readonly rid: number;
}

export interface Cursor {
  readonly query: SearchParameters;
  readonly after: Place;
}

const SEALED_AS = 'clearchart/search-cursor/v0';

export class Cursors {
  readonly #aead: Aead;
  readonly #random: Random;
  readonly #key: Uint8Array;

  constructor(aead: Aead, random: Random, indexKey: Uint8Array) {
    this.#aead = aead;
    this.#random = random;
    this.#key = hmacSha256(indexKey, utf8(SEALED_AS));
  }

  seal(path: string, cursor: Cursor): string {
    const plaintext = utf8(JSON.stringify(cursor));
    return toBase64Url(sealEnvelope(this.#aead, this.#random, this.#key, plaintext, utf8(`${SEALED_AS}/${path}`)));
  }

  open(path: string, text: string): Cursor {
    const opened = this.#open(path, text);
    if (opened === undefined) throw badSearch('The paging link is not one that this server made');
    return JSON.parse(Buffer.from(opened).toString('utf8')) as Cursor;
  }

  #open(path: string, text: string): Uint8Array | undefined {
    try {
      return openEnvelope(this.#aead, this.#key, fromBase64Url(text), utf8(`${SEALED_AS}/${path}`));
    } catch {
      return undefined;
    }
  }
}
