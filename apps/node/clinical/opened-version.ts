/** A version of a resource at its stations: about to be stored, as it stands in the tables, opened. */
import type { Category } from '@clearchart/records';
import type { IndexRows } from './index-rows.ts';
import type { Resource } from './ports.ts';
import type { Method } from './tables.ts';

/** A resource as its newest version stands in the tables, unopened. */
export interface Head {
  readonly rid: number;
  readonly vid: number;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly updated: number;
  readonly deleted: boolean;
  readonly category: Category;
  /** References of the patients it is part of. */
  readonly subjects: readonly bigint[];
}

export interface OpenedVersion {
  readonly vid: number;
  readonly rid: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly updated: number;
  readonly method: Method;
  readonly category: Category;
  readonly subjects: readonly bigint[];
  /** Canonical bytes. */
  readonly content: Uint8Array;
}

/** A resource that may be stored: examined, categorised, its index rows made. */
export interface Prepared {
  readonly type: string;
  readonly resource: Resource;
  readonly category: Category;
  /** FHIR ids of patients. */
  readonly subjects: readonly string[];
  readonly rows: IndexRows;
}

/** What a version says, as the caller knows its shape. */
export function contentOf<Content>({ content }: Pick<OpenedVersion, 'content'>): Content {
  return JSON.parse(Buffer.from(content).toString('utf8')) as Content;
}
