// From DocumentReference to what can be read or saved. Pure.
import { conceptWords, type DocumentReference } from './fhir.ts';

export interface ClinicalDocument {
  resource: DocumentReference;
  words: string | undefined;
  at: string | undefined;
  author: string | undefined;
  /** The document itself, when it is plain text. */
  text: string | undefined;
  /** The document itself, when it is anything else; its type is never one that a browser would run. */
  file: Blob | undefined;
}

const GONE: readonly (string | undefined)[] = ['entered-in-error', 'superseded'];

export function documents(references: readonly DocumentReference[]): ClinicalDocument[] {
  return references
    .filter(({ status }) => !GONE.includes(status))
    .map((resource) => {
      const attachment = resource.content?.[0]?.attachment;
      const bytes = bytesOf(attachment?.data);
      const isText = /^text\/plain\b/.test(attachment?.contentType ?? '');
      const words = attachment?.title ?? conceptWords(resource.type) ?? resource.description;
      return {
        resource,
        words,
        at: resource.date ?? attachment?.creation,
        author: resource.author?.[0]?.display,
        text: bytes !== undefined && isText ? new TextDecoder().decode(bytes) : undefined,
        file: bytes === undefined || isText ? undefined : new Blob([bytes], { type: 'application/octet-stream' }),
      };
    })
    .toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
}

/** Undefined for what is not base64, too: shown as a document that lies elsewhere rather than half of it. */
function bytesOf(data: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (data === undefined) return undefined;
  try {
    return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
