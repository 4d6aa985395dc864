/**
 * Batch and transaction bundles (FHIR R4 http §transaction). A transaction is one write to the queue: all
 * its entries in one savepoint, one commit, one anchor; a refused entry takes all others with it.
 */
import { randomUUID } from 'node:crypto';
import {
  parseConditionalReference,
  parseLocalReference,
  rewriteReferences,
  visitReferences,
} from '@clearchart/records';
import { type BundleEntry, parseBundleEntry, patchOfEntry } from './bundle-entry.ts';
import { answered, type BundleReply, type BundleReplyEntry, read, refused, written } from './bundle-reply.ts';
import { isObject } from './json-shapes.ts';
import type { Once, OncePart } from './kept-outcomes.ts';
import { keptOf } from './kept-writes.ts';
import { refuse, Refusal } from './refusal.ts';
import type { BundleSession } from './bundle-session.ts';
import type { StoreParts } from './store-parts.ts';
import type { OpenedVersion } from './opened-version.ts';
import { StaleRead, type WriteOperation, type WriteOutcome } from './writer.ts';

/** Entries of one bundle. */
export const BUNDLE_ENTRIES_LIMIT = 5_000;
/** Batch entries under way at a time. */
const BATCH_AT_ONCE = 200;
const ATTEMPTS = 3;

export class BundleRunner {
  readonly #session: BundleSession;
  readonly #parts: StoreParts;

  constructor(session: BundleSession, parts: StoreParts) {
    this.#session = session;
    this.#parts = parts;
  }

  async run(body: unknown, once?: Once): Promise<BundleReply> {
    if (!isObject(body) || body['resourceType'] !== 'Bundle')
      throw refuse(400, 'not-a-bundle', 'structure', 'The body is not a Bundle');
    const { type, entry: given = [] } = body;
    if (type !== 'batch' && type !== 'transaction')
      throw refuse(400, 'not-a-batch', 'value', 'The Bundle is neither a batch nor a transaction');
    if (!Array.isArray(given)) throw refuse(400, 'bad-entry', 'structure', 'Bundle.entry is not a list');
    if (given.length > BUNDLE_ENTRIES_LIMIT)
      throw refuse(413, 'too-many-entries', 'too-long', `A Bundle has at most ${BUNDLE_ENTRIES_LIMIT} entries`);
    if (type === 'batch') return { type: 'batch-response', entries: await this.#batch(given, once) };
    const entries = given.map((value, index) => parseBundleEntry(value, index, this.#session.baseUrl));
    for (const { type: named } of entries) this.#mustKnow(named);
    for (let attempt = 1; ; attempt++) {
      try {
        return { type: 'transaction-response', entries: await this.#transaction(entries, once?.part(0)) };
      } catch (fault) {
        if (!(fault instanceof StaleRead)) throw fault;
        if (attempt === ATTEMPTS)
          throw refuse(
            409,
            'busy-resource',
            'conflict',
            'What the conditions find keeps changing, or two entries mean the same resource',
          );
      }
    }
  }

  async #batch(given: readonly unknown[], once: Once | undefined): Promise<BundleReplyEntry[]> {
    const replies: BundleReplyEntry[] = [];
    for (let start = 0; start < given.length; start += BATCH_AT_ONCE) {
      const part = given.slice(start, start + BATCH_AT_ONCE);
      replies.push(
        ...(await Promise.all(
          part.map((value, offset) => this.#batchEntry(value, start + offset, once?.part(start + offset))),
        )),
      );
    }
    return replies;
  }

  async #batchEntry(value: unknown, index: number, once: OncePart | undefined): Promise<BundleReplyEntry> {
    try {
      const entry = parseBundleEntry(value, index, this.#session.baseUrl);
      const { type, resource, ifMatch, ifNoneExist } = entry;
      switch (entry.method) {
        case 'GET':
          return await this.#get(entry);
        case 'POST':
          return written(await this.#session.create(type, resource, ifNoneExist, once));
        case 'PUT':
          return written(await this.#session.update(type, target(entry), resource, ifMatch, once));
        case 'PATCH':
          return written(await this.#session.patch(type, target(entry), patchOfEntry(entry), ifMatch, once));
        case 'DELETE':
          return written(await this.#session.delete(type, target(entry), ifMatch, once));
      }
    } catch (refusal) {
      return refused(refusal);
    }
  }

  async #transaction(entries: readonly BundleEntry[], once: OncePart | undefined): Promise<BundleReplyEntry[]> {
    const writes = entries.filter(({ method }) => method !== 'GET');
    if (once?.kept !== undefined) {
      const again = await this.#session.outcomesAgain(once.kept);
      return this.#replies(entries, new Map(writes.map(({ index }, at) => [index, again[at] as WriteOutcome])));
    }
    const ids = this.#assignIds(entries);
    const replace = this.#replacements(entries, ids);
    for (const { index, method, type } of entries) {
      const id = ids.get(index);
      if (method === 'POST' && type === 'Patient' && id !== undefined) this.#parts.patients.reserve(id);
    }
    const operations = await allOrFirst(writes.map((entry) => this.#prepare(entry, ids.get(entry.index), replace)));
    const ordered = writes.map((entry, position) => ({ entry, operation: operations[position] as WriteOperation }));
    ordered.sort((left, right) => rank(left.entry) - rank(right.entry) || left.entry.index - right.entry.index);
    const outcomes = new Map<number, WriteOutcome>();
    if (ordered.length > 0) {
      await this.#parts.queue.run(ordered.length, (group) => {
        for (const { entry, operation } of ordered) {
          const outcome = atEntry(entry.index, () => operation.apply(group));
          const expected = ids.get(entry.index);
          if (expected !== undefined && outcome.version !== undefined && outcome.version.id !== expected)
            throw new StaleRead();
          outcomes.set(entry.index, outcome);
        }
        once?.keep(writes.map(({ index }) => keptOf(outcomes.get(index) as WriteOutcome)));
      });
    }
    const found = [...outcomes.values()].flatMap(({ written: wrote, version }) =>
      wrote || version === undefined ? [] : [version],
    );
    await this.#session.disclose('read', found);
    for (const [index, outcome] of outcomes) outcomes.set(index, this.#session.shownOutcome(outcome));
    return this.#replies(entries, outcomes);
  }

  #replies(entries: readonly BundleEntry[], outcomes: ReadonlyMap<number, WriteOutcome>): Promise<BundleReplyEntry[]> {
    return Promise.all(
      entries.map(async (entry) => {
        const outcome = outcomes.get(entry.index);
        return outcome === undefined ? this.#get(entry).catch(refused) : written(outcome);
      }),
    );
  }

  /** The ids that created and found resources will have, before anything is written. */
  #assignIds(entries: readonly BundleEntry[]): Map<number, string> {
    const ids = new Map<number, string>();
    const named = new Set<string>();
    for (const { index, method, type, id, query, ifNoneExist } of entries) {
      if (method === 'GET') continue;
      const criteria = method === 'POST' ? ifNoneExist : query;
      const found = criteria === undefined ? undefined : atEntry(index, () => this.#findOne(type, criteria));
      const assigned = id ?? found?.id ?? (method === 'POST' || method === 'PUT' ? randomUUID() : undefined);
      if (assigned === undefined) continue;
      const name = `${type}/${assigned}`;
      if (named.has(name))
        throw refuse(
          400,
          'same-resource-twice',
          'invalid',
          `Bundle.entry[${index}] means a resource that another entry means, too`,
        );
      named.add(name);
      ids.set(index, assigned);
    }
    return ids;
  }

  #findOne(type: string, criteria: string): OpenedVersion | undefined {
    const found = this.#session.find(type, criteria, 2);
    if (found.length > 1)
      throw refuse(412, 'multiple-matches', 'multiple-matches', 'The criteria find more than one resource');
    return found[0];
  }

  /** What a reference inside the bundle becomes: its target's id, or what its criteria find. */
  #replacements(
    entries: readonly BundleEntry[],
    ids: ReadonlyMap<number, string>,
  ): (reference: string) => string | undefined {
    const places = new Map<string, string>();
    for (const { index, fullUrl, type, method } of entries) {
      const id = ids.get(index);
      if (fullUrl === undefined || id === undefined) continue;
      if (places.has(fullUrl))
        throw refuse(400, 'same-full-url', 'invalid', `Bundle.entry[${index}].fullUrl is not the only one of its kind`);
      places.set(fullUrl, `${type}/${id}`);
      const tail = /^https?:\/\/.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)?.[1];
      if (tail !== undefined && method === 'POST' && parseLocalReference(tail)?.type === type)
        places.set(tail, `${type}/${id}`);
    }
    for (const entry of entries) {
      visitReferences(entry.resource, (reference) => {
        const conditional = parseConditionalReference(reference);
        if (conditional === undefined || places.has(reference)) return;
        atEntry(entry.index, () =>
          places.set(reference, this.#resolveConditional(conditional.type, conditional.criteria)),
        );
      });
    }
    return (reference) => places.get(reference);
  }

  #resolveConditional(type: string, criteria: string): string {
    this.#mustKnow(type);
    const found = this.#findOne(type, criteria);
    if (found === undefined) throw refuse(412, 'no-match', 'not-found', 'A conditional reference finds nothing');
    return `${type}/${found.id}`;
  }

  async #prepare(
    entry: BundleEntry,
    id: string | undefined,
    replace: (reference: string) => string | undefined,
  ): Promise<WriteOperation> {
    const { writer } = this.#session;
    const { type, ifMatch, ifNoneExist } = entry;
    try {
      const resource = rewriteReferences(entry.resource, replace);
      switch (entry.method) {
        case 'POST':
          return await writer.create(type, resource, {
            ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
            ...(id === undefined ? {} : { id }),
          });
        case 'PUT':
          return await writer.update(type, target(entry), resource, ifMatch, id);
        case 'PATCH':
          return await writer.patch(type, target(entry), patchOfEntry({ ...entry, resource }), ifMatch);
        case 'DELETE':
        case 'GET':
          return writer.delete(type, target(entry), ifMatch);
      }
    } catch (refusal) {
      throw named(refusal, entry.index);
    }
  }

  async #get({ type, id, history, query, index }: BundleEntry): Promise<BundleReplyEntry> {
    this.#mustKnow(type);
    const parameters = [...new URLSearchParams(query ?? '')];
    if (history !== undefined && history !== '' && id !== undefined)
      return read(await this.#session.vread(type, id, history));
    if (history !== undefined) return answered(await this.#session.history(type, id, { parameters }));
    if (id === undefined) return answered(await this.#session.search(type, parameters));
    if (query !== undefined)
      throw refuse(400, 'bad-entry', 'structure', `A url that cannot be read in Bundle.entry[${index}]`);
    return read(await this.#session.read(type, id));
  }

  #mustKnow(type: string): void {
    if (!this.#parts.definitions.table.types.has(type))
      throw refuse(400, 'unknown-type', 'not-supported', 'There is no such resource type here');
  }
}

const ORDER = { DELETE: 0, POST: 2, PUT: 4, PATCH: 4, GET: 6 } as const;

/** FHIR R4 http §trules; patients first among equals, so that what is about them finds their pseudonym. */
function rank({ method, type }: BundleEntry): number {
  return ORDER[method] + (type === 'Patient' ? 0 : 1);
}

function target(entry: BundleEntry): { id: string } | { criteria: string } {
  return entry.id === undefined ? { criteria: entry.query ?? '' } : { id: entry.id };
}

/** Waits for all, so that nothing runs on after the answer; then the first fault in the order of entries. */
async function allOrFirst<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function atEntry<Value>(index: number, act: () => Value): Value {
  try {
    return act();
  } catch (refusal) {
    throw named(refusal, index);
  }
}

/** The same refusal, saying which entry it is about. */
function named(refusal: unknown, index: number): unknown {
  if (!(refusal instanceof Refusal)) return refusal;
  const issues = refusal.issues.map((issue) => ({
    ...issue,
    expression: [`Bundle.entry[${index}]`, ...(issue.expression ?? [])],
  }));
  return new Refusal(refusal.status, refusal.code, issues);
}
