/**
 * Every write in two steps: prepared outside (shape, definitions, policy on what is given), applied inside
 * the group's database transaction (policy on what is there, versions, conditions). All rules hold alike
 * for single requests and bundle entries.
 */
import { randomUUID } from 'node:crypto';
import { applyJsonPatch, categoryOf, type JsonPatchOperation } from '@clearchart/records';
import type { Definitions } from './definitions/definitions.ts';
import type { IndexHash } from './index-hash.ts';
import type { IndexRowMaker } from './index-rows.ts';
import type { Resource } from './ports.ts';
import { completed, partOf } from './partial-view.ts';
import { conflictingVersion, forbidden, gone, notFound, refuse, Refusal } from './refusal.ts';
import type { Versions } from './versions.ts';
import type { Head, OpenedVersion, Prepared } from './opened-version.ts';
import type { Visibility } from './visibility.ts';
import type { CommitGroup, Written } from './write-queue.ts';

export interface WriteOutcome {
  readonly status: 200 | 201 | 204;
  readonly version: Written | OpenedVersion | undefined;
  /** Whether a version was written. */
  readonly written: boolean;
}

export interface WriteOperation {
  readonly versions: number;
  apply(group: CommitGroup): WriteOutcome;
}

/** Names one resource, or says which one by a search that must find no more than one. */
export type Target = { readonly id: string } | { readonly criteria: string };

export type Patch =
  | { readonly kind: 'json'; readonly operations: readonly JsonPatchOperation[] }
  | { readonly kind: 'fhirpath'; readonly parameters: string };

export interface WriterPorts {
  readonly versions: Versions;
  readonly definitions: Definitions;
  readonly rows: IndexRowMaker;
  readonly hash: IndexHash;
  readonly visibility: Visibility;
  /** At most two visible resources that criteria find; synchronous, and as of now. */
  readonly find: (type: string, criteria: string) => readonly OpenedVersion[];
}

export class Writer {
  readonly #ports: WriterPorts;

  constructor(ports: WriterPorts) {
    this.#ports = ports;
  }

  async create(
    type: string,
    body: unknown,
    options: { ifNoneExist?: string; id?: string } = {},
  ): Promise<WriteOperation> {
    this.#mayWrite(type);
    if (options.ifNoneExist !== undefined) this.#ports.find(type, options.ifNoneExist);
    const prepared = await this.#prepare(this.#given(type, body, undefined));
    this.#mayHold(prepared);
    const id = options.id ?? randomUUID();
    const first = this.#ports.versions.sealFirst(id, prepared);
    return {
      versions: 1,
      apply: (group) => {
        if (options.ifNoneExist !== undefined) {
          const found = this.#findOne(type, options.ifNoneExist);
          if (found !== undefined) return { status: 200, version: found, written: false };
        }
        this.#checkWrite(undefined, prepared.resource);
        return { status: 201, version: this.#ports.versions.put(group, id, prepared, undefined, first), written: true };
      },
    };
  }

  async update(
    type: string,
    target: Target,
    body: unknown,
    ifMatch?: number,
    newId: string = randomUUID(),
  ): Promise<WriteOperation> {
    this.#mayWrite(type);
    const bodyId = (body as { id?: unknown } | null)?.id;
    if ('id' in target && bodyId !== target.id) {
      throw refuse(400, 'id-mismatch', 'invalid', 'The id in the body is not the id in the address');
    }
    const seenId = 'id' in target ? target.id : this.#ports.find(type, target.criteria)[0]?.id;
    const seen = seenId === undefined ? undefined : this.#visibleHead(type, seenId);
    const prepared = await this.#prepare(this.#given(type, body, seen));
    return {
      versions: 1,
      apply: (group) => {
        const id = 'id' in target ? target.id : this.#idFor(type, target.criteria, bodyId);
        this.#mayHold(prepared);
        const head = id === undefined ? undefined : this.#visibleHead(type, id);
        // What is not shown was taken from the version that was the newest then.
        const stale = this.#ports.visibility.viewOf(type) !== undefined && head?.vid !== seen?.vid;
        if (stale) throw ifMatch === undefined ? new StaleRead() : conflictingVersion();
        if (id === undefined) {
          if (bodyId !== undefined) throw clientId();
          this.#checkWrite(undefined, prepared.resource);
          return { status: 201, version: this.#ports.versions.put(group, newId, prepared, undefined), written: true };
        }
        if (head === undefined) throw clientId();
        if (ifMatch !== undefined && ifMatch !== head.version) throw conflictingVersion();
        this.#checkWrite(head.deleted ? undefined : this.#resourceOf(head), prepared.resource);
        const version = this.#ports.versions.put(group, id, prepared, head);
        return { status: head.deleted ? 201 : 200, version, written: true };
      },
    };
  }

  async patch(type: string, target: Target, patch: Patch, ifMatch?: number): Promise<WriteOperation> {
    this.#mayWrite(type);
    const id = 'id' in target ? target.id : this.#findOne(type, target.criteria)?.id;
    const head = id === undefined ? undefined : this.#visibleHead(type, id);
    if (id === undefined || head === undefined) throw notFound();
    if (head.deleted) throw gone();
    if (ifMatch !== undefined && ifMatch !== head.version) throw conflictingVersion();
    const before = this.#resourceOf(head);
    const view = this.#ports.visibility.viewOf(type);
    const after = (await this.#patched(view === undefined ? before : partOf(before, view), patch)) as Resource | null;
    if (after?.id !== id || after.resourceType !== type) {
      throw refuse(422, 'patch-moves-identity', 'business-rule', 'A patch may not change the type or id of a resource');
    }
    const prepared = await this.#prepare(this.#given(type, after, head));
    return {
      versions: 1,
      apply: (group) => {
        const now = this.#visibleHead(type, id);
        if (now === undefined) throw notFound();
        if (now.version !== head.version) throw ifMatch === undefined ? new StaleRead() : conflictingVersion();
        this.#mayHold(prepared);
        this.#checkWrite(before, prepared.resource);
        return { status: 200, version: this.#ports.versions.put(group, id, prepared, now), written: true };
      },
    };
  }

  delete(type: string, target: Target, ifMatch?: number): WriteOperation {
    this.#mayWrite(type);
    return {
      versions: 1,
      apply: (group) => {
        const id = 'id' in target ? target.id : this.#findOne(type, target.criteria)?.id;
        if (id === undefined) return { status: 204, version: undefined, written: false };
        const head = this.#visibleHead(type, id);
        if (head === undefined) throw notFound();
        if (ifMatch !== undefined && ifMatch !== head.version) throw conflictingVersion();
        if (head.deleted) return { status: 204, version: undefined, written: false };
        if (!this.#ports.visibility.mayHold(type, head.subjects)) throw notFound();
        this.#checkWrite(this.#resourceOf(head), undefined);
        return { status: 204, version: this.#ports.versions.delete(group, type, id, head), written: true };
      },
    };
  }

  /** The whole resource that is meant: with what the caller does not see, and what the policy writes into it. */
  #given(type: string, body: unknown, head: Head | undefined): Resource {
    const given = asResource(type, body);
    const { visibility } = this.#ports;
    const isNew = head === undefined || head.deleted;
    const view = visibility.viewOf(type);
    const whole = view === undefined ? given : completed(given, isNew ? undefined : this.#resourceOf(head), view);
    return visibility.scope.stampWrite?.(whole, isNew) ?? whole;
  }

  async #prepare(resource: Resource): Promise<Prepared> {
    const type = resource.resourceType;
    const { id: _id, ...rest } = resource;
    const { issues, values, subjects } = await this.#ports.definitions.examine(JSON.stringify(withoutStamps(rest)));
    if (issues.length > 0) throw new Refusal(422, 'invalid-resource', issues);
    const kept = withoutStamps(rest) as Resource;
    return {
      type,
      resource: kept,
      category: categoryOf(kept),
      subjects,
      rows: this.#ports.rows.rows(type, values, []),
    };
  }

  async #patched(before: Resource, patch: Patch): Promise<unknown> {
    if (patch.kind === 'json') {
      const patched = applyJsonPatch(before, patch.operations);
      if (patched.ok) return patched.value;
      throw refuse(422, patched.fault, 'processing', 'The patch does not apply to the resource as it stands');
    }
    const json = await this.#ports.definitions.patchByFhirPath(JSON.stringify(before), patch.parameters);
    if (json === undefined)
      throw refuse(422, 'no-such-path', 'processing', 'The patch does not apply to the resource as it stands');
    return JSON.parse(json);
  }

  #mayWrite(type: string): void {
    if (!this.#ports.visibility.mayWrite(type)) throw forbidden();
  }

  #mayHold({ type, subjects }: Prepared): void {
    if (type === 'Patient') return this.#mayHoldPatient();
    const references = subjects.map((id) => this.#ports.hash.reference('Patient', id));
    if (!this.#ports.visibility.mayHold(type, references)) throw notFound();
  }

  /** Changing a Patient is judged where its row is found; making one is for who sees all. */
  #mayHoldPatient(): void {
    if (!this.#ports.visibility.mayWrite('Patient')) throw forbidden();
  }

  #checkWrite(before: Resource | undefined, after: Resource | undefined): void {
    if (before === undefined && after?.resourceType === 'Patient' && this.#ports.visibility.scope.subjects !== 'all')
      throw forbidden();
    const refusal = this.#ports.visibility.scope.checkWrite?.(before, after);
    if (refusal !== undefined) throw refuse(403, refusal, 'forbidden', 'Your role may not make this change');
  }

  #visibleHead(type: string, id: string): Head | undefined {
    const head = this.#ports.versions.head(type, id);
    return head !== undefined && this.#ports.visibility.sees(type, head) ? head : undefined;
  }

  #resourceOf(head: Head): Resource {
    return JSON.parse(Buffer.from(this.#ports.versions.open(head.vid).content).toString('utf8')) as Resource;
  }

  #findOne(type: string, criteria: string): OpenedVersion | undefined {
    const found = this.#ports.find(type, criteria);
    if (found.length > 1)
      throw refuse(412, 'multiple-matches', 'multiple-matches', 'The criteria find more than one resource');
    return found[0];
  }

  /** FHIR R4 http §cond-update. */
  #idFor(type: string, criteria: string, bodyId: unknown): string | undefined {
    const found = this.#findOne(type, criteria);
    if (found !== undefined && bodyId !== undefined && bodyId !== found.id) {
      throw refuse(400, 'id-mismatch', 'invalid', 'The id in the body is not the one that the criteria find');
    }
    return found?.id;
  }
}

/** The resource changed between reading and writing; the request is tried again. */
export class StaleRead extends Error {}

function clientId(): Refusal {
  return refuse(
    405,
    'ids-are-made-here',
    'not-supported',
    'There is no resource with this id, and this server makes the ids itself',
  );
}

function asResource(type: string, body: unknown): Resource {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse(400, 'not-a-resource', 'structure', 'The body is not a FHIR resource');
  }
  const { resourceType } = body as Partial<Resource>;
  if (resourceType !== type) {
    throw refuse(400, 'type-mismatch', 'invalid', 'The resourceType in the body is not the type in the address');
  }
  return body as Resource;
}

/** Version and time are the server's to say; a meta that held nothing else is gone. */
function withoutStamps(resource: Omit<Resource, 'id'> | Resource): Record<string, unknown> {
  const { meta, ...rest } = resource as Record<string, unknown>;
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta))
    return meta === undefined ? rest : { ...rest, meta };
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...kept } = meta as Record<string, unknown>;
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
}
