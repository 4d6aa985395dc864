/**
 * A consistent copy of the node in one tar file, while it runs: the databases are read as of one instant, and the blocks up to the
 * height of that instant. The node key is in it only wrapped under a passphrase.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { toHex } from '@clearchart/crypto';
import { pack } from 'tar-stream';
import type { Hospital } from '../hospital.ts';
import { FILES, syncFolder } from '../storage/data-folder.ts';
import { asPathRefusal, OperatorRefusal, refuseWithoutHistory } from './refusal.ts';

export interface BackupReport {
  readonly file: string;
  readonly height: number;
  readonly stateRoot: string;
  readonly holdsKey: boolean;
}

export interface BackupManifest {
  readonly version: 1;
  readonly chainId: string;
  readonly height: number;
  readonly stateRoot: string;
  /** SHA-256 of every other file, by name; hex. */
  readonly files: Readonly<Record<string, string>>;
}

export const MANIFEST = 'manifest.json';
export const WRAPPED_KEY = 'node.key.wrapped';
/** Each block as its length (uint32, big-endian) and its bytes. */
export const BLOCKS_FILE = 'blocks.bin';

/** The votes that made blocks final, a link a line: receipts need them. Not how this hospital voted: that must not be older than it is. */
export const LINKS_FILE = 'links.jsonl';

const DATABASES = [FILES.state, FILES.clinical, FILES.accounts] as const;
const WHOLE_FILES = [FILES.genesis, FILES.node, FILES.organizationSeed] as const;
/** The key to come is there only while the hospital takes a new one; peers when it has any. */
const WHOLE_FILES_IF_THERE = [FILES.nextOrganizationSeed, FILES.peers] as const;

export async function backUp(
  hospital: Hospital,
  file: string,
  passphrase: string | undefined,
  onProgress: (done: number, total: number) => void,
): Promise<BackupReport> {
  refuseWithoutHistory(hospital.reader.older, 'a backup');
  if (existsSync(file)) throw new OperatorRefusal('usage', `${file} exists already: choose another name`);
  const folder = await mkdtemp(join(dirname(file), '.clearchart-backup-')).catch((fault: unknown) => {
    throw asPathRefusal(fault, dirname(file));
  });
  try {
    // In the turn in which the databases are opened: the hospital's key is then the one that their ledger names.
    const whole = readWholeFiles(hospital.folder);
    const { height, stateRoot } = await copyDatabases(hospital, folder);
    await copyBlocks(hospital, join(folder, BLOCKS_FILE), height, onProgress);
    await copyLinks(hospital, join(folder, LINKS_FILE), height);
    const names: string[] = [...DATABASES, BLOCKS_FILE, LINKS_FILE];
    if (passphrase !== undefined) whole.set(WRAPPED_KEY, hospital.wrapNodeKey(passphrase));
    // Written in the working folder, so that what a crash leaves is never taken for a backup.
    const finished = join(folder, 'backup.tar');
    await writeTar(hospital, folder, names, whole, { height, stateRoot }, finished);
    await rename(finished, file);
    syncFolder(dirname(file));
    return { file, height, stateRoot, holdsKey: passphrase !== undefined };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readWholeFiles(folder: string): Map<string, Uint8Array> {
  const names = [...WHOLE_FILES, ...WHOLE_FILES_IF_THERE.filter((name) => existsSync(join(folder, name)))];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

async function copyDatabases(hospital: Hospital, folder: string): Promise<{ height: number; stateRoot: string }> {
  // Read transactions opened in one turn of the event loop see one instant: nothing is committed in between.
  const readers = DATABASES.map((name) => {
    const reader = new DatabaseSync(join(hospital.folder, name), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sqlite_master').get();
    return { name, reader };
  });
  const { height, root } = hospital.state;
  const stateRoot = toHex(root);
  try {
    for (const { name, reader } of readers) await backup(reader, join(folder, name));
  } finally {
    for (const { reader } of readers) reader.close();
  }
  return { height, stateRoot };
}

async function copyBlocks(
  { blocks }: Hospital,
  file: string,
  height: number,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const out = await open(file, 'w', 0o600);
  try {
    for (let at = 1; at <= height; at += 1) {
      const bytes = await blocks.read(at);
      if (bytes === undefined) throw new Error(`block ${at} cannot be read`);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      await out.write(Buffer.concat([length, bytes]));
      if (at % 100 === 0 || at === height) onProgress(at, height);
    }
    await out.sync();
  } finally {
    await out.close();
  }
}

async function copyLinks({ links }: Hospital, file: string, height: number): Promise<void> {
  const out = await open(file, 'w', 0o600);
  try {
    for (const link of links()) {
      if (link.source.height > height) break;
      await out.write(`${JSON.stringify(link)}\n`);
    }
    await out.sync();
  } finally {
    await out.close();
  }
}

async function writeTar(
  hospital: Hospital,
  folder: string,
  names: readonly string[],
  whole: ReadonlyMap<string, Uint8Array>,
  { height, stateRoot }: { height: number; stateRoot: string },
  file: string,
): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true });
  const tar = pack();
  tar.pipe(out);
  const files: Record<string, string> = {};
  for (const [name, bytes] of whole) {
    files[name] = createHash('sha256').update(bytes).digest('hex');
    tar.entry({ name }, Buffer.from(bytes));
  }
  for (const name of names) files[name] = await addFile(tar, join(folder, name), name);
  const manifest: BackupManifest = { version: 1, chainId: hospital.chainId, height, stateRoot, files };
  tar.entry({ name: MANIFEST }, JSON.stringify(manifest));
  tar.finalize();
  await once(out, 'close');
}

async function addFile(tar: ReturnType<typeof pack>, path: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(path, 'r');
  try {
    const { size } = await source.stat();
    const entry = tar.entry({ name, size });
    for await (const chunk of source.createReadStream({ autoClose: false })) {
      hash.update(chunk as Buffer);
      if (!entry.write(chunk)) await once(entry, 'drain');
    }
    entry.end(undefined);
    await once(entry, 'close');
    return hash.digest('hex');
  } finally {
    await source.close();
  }
}
