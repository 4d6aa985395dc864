/**
 * The clinical store as one caller has it: every answer is within the caller's scope, and what leaves is
 * reported before it is handed back. There is no other way to data.
 */
import { parseLocalReference } from '@clearchart/records';
import { BundleRunner } from './bundle.ts';
import type { BundleReply } from './bundle-reply.ts';
import { disclosureOf } from './disclosure.ts';
import { historyOf, type HistoryRequest } from './history.ts';
import type { AccessScope, OnDisclosed } from './ports.ts';
import { badSearch, gone, notFound, refuse } from './refusal.ts';
import { writeBundle } from './response-bundle.ts';
import type { KeptOutcome, Once, OncePart } from './kept-outcomes.ts';
import { keeping, outcomeAgain } from './kept-writes.ts';
import { QueryParser } from './search/query.ts';
import { parseCriteria, parseSearchRequest, type SearchParameters } from './search/request.ts';
import { searchBundle } from './search/search-bundle.ts';
import { type FindOrder, type Found, Searcher } from './search/searcher.ts';
import type { StoreParts } from './store-parts.ts';
import type { OpenedVersion } from './opened-version.ts';
import { Visibility } from './visibility.ts';
import { type Patch, StaleRead, type Target, type WriteOperation, type WriteOutcome, Writer } from './writer.ts';

export interface SessionOptions {
  readonly scope: AccessScope;
  readonly onDisclosed: OnDisclosed;
  /** Address of the FHIR root as the caller knows it, without a slash at its end. */
  readonly baseUrl: string;
}

/** A write that is made from what is stored is made anew when somebody else was faster. */
const ATTEMPTS = 5;

export class ClinicalSession {
  readonly #parts: StoreParts;
  readonly #options: SessionOptions;
  readonly #visibility: Visibility;
  readonly #parser: QueryParser;
  readonly writer: Writer;

  constructor(parts: StoreParts, options: SessionOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#visibility = new Visibility(options.scope, parts.hash);
    this.#parser = new QueryParser(parts.definitions.table, options.baseUrl, {
      maySearch: (type, code) => this.#visibility.maySearch(type, code),
      sameAs: (patientId) => options.scope.sameAs?.(patientId) ?? [],
    });
    this.writer = new Writer({
      versions: parts.versions,
      definitions: parts.definitions,
      rows: parts.rows,
      hash: parts.hash,
      visibility: this.#visibility,
      find: (type, criteria) => this.find(type, criteria, 2),
    });
  }

  get baseUrl(): string {
    return this.#options.baseUrl;
  }

  async read(type: string, id: string): Promise<OpenedVersion> {
    const version = this.#current(type, id);
    await this.disclose('read', [version]);
    return this.#visibility.shown(version);
  }

  async vread(type: string, id: string, versionId: string): Promise<OpenedVersion> {
    const version = this.#version(type, id, versionId);
    await this.disclose('vread', [version]);
    return this.#visibility.shown(version);
  }

  /** A version with what is needed to check its commitment, for who sees all of it; counts as a read of it. */
  async readWithOpening(type: string, id: string, versionId: string): Promise<VersionWithOpening> {
    const version = this.#version(type, id, versionId);
    if (this.#visibility.viewOf(type) !== undefined) throw roleNever();
    const { opened, record, transactionId } = this.#parts.versions.openRecord(version.vid);
    await this.disclose('vread', [version]);
    return { version, record, transactionId, opening: opened };
  }

  /** Of these versions the ones that this caller sees whole; counts as a read of them. */
  async readAllWithOpenings(found: readonly VersionWithOpening[]): Promise<VersionWithOpening[]> {
    const visibility = this.#visibility;
    const seen = found.filter(({ version }) => {
      const { type, id, method } = version;
      if (method === 'DELETE' || visibility.viewOf(type) !== undefined || !visibility.sees(type, version)) return false;
      const head = this.#parts.versions.head(type, id);
      return head !== undefined && visibility.sees(type, head);
    });
    await this.disclose(
      'history-instance',
      seen.map(({ version }) => version),
    );
    return seen;
  }

  async history(type: string, id: string | undefined, request: HistoryRequest): Promise<Uint8Array> {
    this.#mustKnow(type);
    if (!this.#visibility.seesType(type)) throw roleNever();
    const head = id === undefined ? undefined : this.#parts.versions.head(type, id);
    if (id !== undefined && (head === undefined || !this.#visibility.sees(type, head))) throw notFound();
    const { bundle, versions } = historyOf(this.#parts, this.#visibility, {
      ...request,
      type,
      head,
      baseUrl: this.baseUrl,
      id,
    });
    await this.disclose(id === undefined ? 'history-type' : 'history-instance', versions);
    return writeBundle(bundle);
  }

  async search(type: string, parameters: SearchParameters, selfUrl?: string): Promise<Uint8Array> {
    this.#mustKnow(type);
    const cursorText = parameters.find(([name]) => name === '_cursor')?.[1];
    if (cursorText !== undefined && parameters.length > 1) throw badSearch('A paging link is used as it stands');
    const cursor = cursorText === undefined ? undefined : this.#parts.cursors.open(type, cursorText);
    const query = cursor?.query ?? parameters;
    const request = parseSearchRequest(this.#parser, type, query);
    if (!this.#visibility.seesType(type)) throw roleNever();
    const found = this.#shownHits(await this.#searcher().search(request, cursor?.after));
    await this.disclose('search-type', [...found.matches, ...found.included]);
    return writeBundle(searchBundle(request, found, { ...this.#parts, baseUrl: this.baseUrl, query, selfUrl }));
  }

  /** Current resources that criteria find, for the house's own use within this session's scope; not reported. */
  find(type: string, criteria: string, limit: number, order?: FindOrder): OpenedVersion[] {
    this.#mustKnow(type);
    const found = this.#searcher().find(type, parseCriteria(this.#parser, type, criteria), limit, order);
    return found.map((version) => this.#visibility.shown(version));
  }

  async create(type: string, body: unknown, ifNoneExist?: string, once?: OncePart): Promise<WriteOutcome> {
    this.#mustKnow(type);
    if (once?.kept !== undefined) return this.#again(once.kept);
    const outcome = await this.#commit(
      () => this.writer.create(type, body, ifNoneExist === undefined ? {} : { ifNoneExist }),
      once,
    );
    if (!outcome.written && outcome.version !== undefined) await this.disclose('read', [outcome.version]);
    return outcome;
  }

  async update(type: string, to: Target, body: unknown, ifMatch?: number, once?: OncePart): Promise<WriteOutcome> {
    this.#mustKnow(type);
    if (once?.kept !== undefined) return this.#again(once.kept);
    return this.#commitAnew(() => this.writer.update(type, to, body, ifMatch), once);
  }

  async patch(type: string, to: Target, patch: Patch, ifMatch?: number, once?: OncePart): Promise<WriteOutcome> {
    this.#mustKnow(type);
    if (once?.kept !== undefined) return this.#again(once.kept);
    const outcome = await this.#commitAnew(() => this.writer.patch(type, to, patch, ifMatch), once);
    if (outcome.version !== undefined) await this.disclose('patch', [outcome.version]);
    return outcome;
  }

  async delete(type: string, target: Target, ifMatch?: number, once?: OncePart): Promise<WriteOutcome> {
    this.#mustKnow(type);
    if (once?.kept !== undefined) return this.#again(once.kept);
    return this.#commit(async () => this.writer.delete(type, target, ifMatch), once);
  }

  bundle(body: unknown, once?: Once): Promise<BundleReply> {
    return new BundleRunner(this, this.#parts).run(body, once);
  }

  /** What kept writes came to, for who still sees all of it; counts as a read. */
  async outcomesAgain(kept: readonly KeptOutcome[]): Promise<WriteOutcome[]> {
    const outcomes = kept.map((one) => outcomeAgain(this.#parts.versions, this.#visibility, one));
    await this.disclose(
      'read',
      outcomes.flatMap(({ version }) => version ?? []),
    );
    return outcomes.map((outcome) => this.shownOutcome(outcome));
  }

  /** Where a reference leads, as far as this caller can see. */
  resolve(reference: string): OpenedVersion | undefined {
    const local = parseLocalReference(reference);
    if (local === undefined || !this.#parts.definitions.table.types.has(local.type)) return undefined;
    const head = this.#parts.versions.head(local.type, local.id);
    return head === undefined || head.deleted || !this.#visibility.sees(local.type, head)
      ? undefined
      : this.#visibility.shown(this.#parts.versions.open(head.vid));
  }

  /** What a write answers with, as it leaves. To be called after the commit, which names the transaction. */
  shownOutcome(outcome: WriteOutcome): WriteOutcome {
    return outcome.version === undefined ? outcome : { ...outcome, version: this.#visibility.shown(outcome.version) };
  }

  async disclose(interaction: string, versions: readonly OpenedVersion[]): Promise<void> {
    const disclosure = disclosureOf(
      interaction,
      versions.filter(({ method }) => method !== 'DELETE'),
      this.#parts.patients,
    );
    if (disclosure !== undefined) await this.#options.onDisclosed(disclosure);
  }

  async #again(kept: readonly KeptOutcome[]): Promise<WriteOutcome> {
    const [outcome] = await this.outcomesAgain(kept);
    if (outcome === undefined) throw new Error('a write was kept without its outcome');
    return outcome;
  }

  async #commit(prepare: () => Promise<WriteOperation>, once: OncePart | undefined): Promise<WriteOutcome> {
    const outcome = await this.#parts.queue.prepareAndRun(async () => keeping(await prepare(), once));
    return this.shownOutcome(outcome);
  }

  /** Prepares again what was prepared from a version that is no longer the newest. */
  async #commitAnew(prepare: () => Promise<WriteOperation>, once: OncePart | undefined): Promise<WriteOutcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#commit(prepare, once);
      } catch (fault) {
        if (!(fault instanceof StaleRead)) throw fault;
        if (attempt === ATTEMPTS)
          throw refuse(409, 'busy-resource', 'conflict', 'The resource keeps changing; try again');
      }
    }
  }

  #shownHits(found: Found): Found {
    const shown = (versions: readonly OpenedVersion[]) => versions.map((version) => this.#visibility.shown(version));
    return { ...found, matches: shown(found.matches), included: shown(found.included) };
  }

  #searcher(): Searcher {
    return new Searcher({ ...this.#parts, visibility: this.#visibility, now: this.#parts.clock.now() });
  }

  #current(type: string, id: string): OpenedVersion {
    this.#mustKnow(type);
    if (!this.#visibility.seesType(type)) throw roleNever();
    const head = this.#parts.versions.head(type, id);
    if (head === undefined || !this.#visibility.sees(type, head)) throw notFound();
    if (head.deleted) throw gone();
    return this.#parts.versions.open(head.vid);
  }

  #version(type: string, id: string, versionId: string): OpenedVersion {
    this.#mustKnow(type);
    if (!this.#visibility.seesType(type)) throw roleNever();
    const head = this.#parts.versions.head(type, id);
    if (head === undefined || !this.#visibility.sees(type, head) || !/^[1-9]\d{0,9}$/.test(versionId)) throw notFound();
    const vid = this.#parts.versions.vidOf(head.rid, Number(versionId));
    if (vid === undefined) throw notFound();
    const version = this.#parts.versions.open(vid);
    // An older version may have been about somebody else.
    if (!this.#visibility.sees(type, version)) throw notFound();
    if (version.method === 'DELETE') throw gone();
    return version;
  }

  #mustKnow(type: string): void {
    if (!this.#parts.definitions.table.types.has(type)) {
      throw refuse(400, 'unknown-type', 'not-supported', 'There is no such resource type here');
    }
  }
}

export interface VersionWithOpening {
  readonly version: OpenedVersion;
  /** 32 hex: the record's id on the ledger. */
  readonly record: string;
  readonly transactionId: string;
  readonly opening: { readonly commitmentKey: Uint8Array; readonly sealedHash: Uint8Array; readonly salt: Uint8Array };
}

function roleNever() {
  return refuse(403, 'forbidden', 'forbidden', 'Your role may not do this');
}
