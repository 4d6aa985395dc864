// The record with its proofs: the hospital puts the file together while it is sent, one version a line.
import { request } from '../connection/request.ts';

export interface Fetched {
  readonly file: Blob;
  /** Versions in it. */
  readonly versions: number;
  /** Versions that are not in a block yet, and so not in it. */
  readonly waiting: number;
}

const LINE_END = 10;

/** @throws when the file breaks off: half a file is none. */
export async function fetchExport(patient: string, onProgress: (share: number) => void): Promise<Fetched> {
  const response = await request(`/api/patients/${encodeURIComponent(patient)}/export`);
  const announced = Number(response.headers.get('x-clearchart-versions'));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  if (response.body === null) throw new TypeError('the hospital sent no file');
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    for (const byte of read.value) if (byte === LINE_END) lines += 1;
    onProgress(Math.min(1, lines / announced));
  }
  const file = new Blob(chunks, { type: 'application/json' });
  const { versions } = JSON.parse(await file.text()) as { versions: readonly unknown[] };
  return { file, versions: versions.length, waiting: announced - versions.length };
}
