/** Seals a version: stamped content, bound to its place, under keys of its own (docs/protocol/records.md, R1 to R9). */
import { type Aead, type Random, toHex } from '@clearchart/crypto';
import {
  type Category,
  canonicalJson,
  categoryTag,
  type OpenedRecord,
  openRecord,
  type RecordBinding,
  type SealedRecord,
  sealRecord,
} from '@clearchart/records';
import type { IndexHash } from './index-hash.ts';
import type { ClinicalKeys, Resource } from './ports.ts';

export interface VersionSealerPorts {
  readonly keys: ClinicalKeys;
  readonly chainId: string;
  readonly custodian: string;
  readonly aead: Aead;
  readonly random: Random;
  readonly hash: IndexHash;
}

export interface ToSeal {
  readonly type: string;
  readonly id: string;
  readonly resource: Resource;
  readonly category: Category;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly updated: number;
  readonly pseudonym: string | null;
}

export interface SealedVersion {
  readonly content: Uint8Array;
  readonly binding: RecordBinding;
  readonly sealed: SealedRecord;
}

/** The first version of a resource, sealed before its write begins. */
export interface SealedFirst {
  readonly id: string;
  readonly updated: number;
  readonly pseudonym: string | null;
  readonly version: SealedVersion;
}

/** Category tags kept in memory. */
const TAGS_KEPT = 20_000;

export class VersionSealer {
  readonly #ports: VersionSealerPorts;
  readonly #tags = new Map<string, string>();

  constructor(ports: VersionSealerPorts) {
    this.#ports = ports;
  }

  seal({ type, id, resource, category, version, updated, pseudonym }: ToSeal): SealedVersion {
    const { keys, hash } = this.#ports;
    const content = contentOf(resource, id, version, updated);
    const binding = this.#binding(hash.record(type, id).bytes, version, pseudonym, this.#tag(pseudonym, category));
    return { content, binding, sealed: sealRecord({ ...this.#ports, custodyKey: keys.custody }, content, binding) };
  }

  /** A row of `versions` with the record id of its resource. */
  open(row: Record<string, unknown>): OpenedRecord | undefined {
    const sealed = { sealed: row['sealed'] as Uint8Array, custodyWrap: row['wrap'] as Uint8Array };
    const pseudonym = row['pseudonym'] as Uint8Array | null;
    const binding = this.#binding(
      row['record'] as Uint8Array,
      row['version'] as number,
      pseudonym === null ? null : toHex(pseudonym),
      toHex(row['tag'] as Uint8Array),
    );
    return openRecord({ aead: this.#ports.aead, custodyKey: this.#ports.keys.custody }, sealed, binding);
  }

  #tag(pseudonym: string | null, category: Category): string {
    const text = `${pseudonym}/${category}`;
    const kept = this.#tags.get(text);
    if (kept !== undefined) return kept;
    if (this.#tags.size >= TAGS_KEPT) this.#tags.clear();
    const tag = categoryTag(this.#ports.keys.category, pseudonym, category);
    this.#tags.set(text, tag);
    return tag;
  }

  #binding(record: Uint8Array, version: number, subject: string | null, tag: string): RecordBinding {
    const { chainId, custodian } = this.#ports;
    return { chain: chainId, custodian, record: toHex(record), version, subject, categoryTag: tag };
  }
}

function contentOf(resource: Resource, id: string, version: number, updated: number): Uint8Array {
  const meta = resource['meta'] as object | undefined;
  const stamped = {
    ...resource,
    id,
    meta: { ...meta, versionId: String(version), lastUpdated: new Date(updated).toISOString() },
  };
  return Buffer.from(canonicalJson(stamped), 'utf8');
}
