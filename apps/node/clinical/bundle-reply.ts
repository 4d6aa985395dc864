/** What a bundle is answered with, entry by entry (FHIR R4 http §transaction-response). */
import { formatEntityTag } from './entity-tag.ts';
import { outcomeOf } from './operation-outcome.ts';
import { Refusal } from './refusal.ts';
import type { ResponseEntry } from './response-bundle.ts';
import type { OpenedVersion } from './opened-version.ts';
import type { WriteOutcome } from './writer.ts';

export interface BundleReply {
  readonly type: 'transaction-response' | 'batch-response';
  readonly entries: readonly BundleReplyEntry[];
}

export interface BundleReplyEntry {
  readonly entry: ResponseEntry;
  /** What was written or found, for who asked to have it back. */
  readonly version: OpenedVersion | undefined;
  readonly transactionId: string | undefined;
}

const STATUS_TEXT = { 200: '200 OK', 201: '201 Created', 204: '204 No Content' } as const;

export function written({ status, version, written: wrote }: WriteOutcome): BundleReplyEntry {
  const kept = version !== undefined && version.method !== 'DELETE' ? version : undefined;
  return {
    version: kept,
    transactionId: wrote && version !== undefined && 'transactionId' in version ? version.transactionId : undefined,
    entry: {
      response: {
        status: STATUS_TEXT[status],
        ...(version === undefined ? {} : versionHead(version)),
        ...(kept === undefined ? {} : { location: `${kept.type}/${kept.id}/_history/${kept.version}` }),
      },
    },
  };
}

function versionHead(version: OpenedVersion): { etag: string; lastModified: string } {
  return { etag: formatEntityTag(version.version), lastModified: new Date(version.updated).toISOString() };
}

export function read(version: OpenedVersion): BundleReplyEntry {
  return {
    version: undefined,
    transactionId: undefined,
    entry: { resource: version.content, response: { status: STATUS_TEXT[200], ...versionHead(version) } },
  };
}

export function answered(resource: Uint8Array): BundleReplyEntry {
  return { version: undefined, transactionId: undefined, entry: { resource, response: { status: STATUS_TEXT[200] } } };
}

export function refused(refusal: unknown): BundleReplyEntry {
  if (!(refusal instanceof Refusal)) throw refusal;
  return {
    version: undefined,
    transactionId: undefined,
    entry: { response: { status: String(refusal.status), outcome: outcomeOf(refusal) } },
  };
}
