/** Makes a new data folder from a backup: everything is held against the manifest before the folder gets its name. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { extract } from 'tar-stream';
import { assertEmptyFolder, DamagedData, FILES, syncFolder } from '../storage/data-folder.ts';
import {
  assertNoNodeKey,
  type KeyPorts,
  keysFolderOf,
  KeyUnavailable,
  makeKeysFolder,
  unwrapNodeKey,
  writeNodeKey,
} from '../storage/node-key.ts';
import { isRejection, parseLinkValue, type SupermajorityLink } from '@clearchart/ledger';
import { createInterface } from 'node:readline';
import { type KnownPeer, saveKnownPeers } from '../members/index.ts';
import { BLOCKS_FILE, LINKS_FILE, MANIFEST, WRAPPED_KEY } from './backup.ts';
import { OperatorRefusal } from './refusal.ts';

export interface RestoreOptions {
  readonly file: string;
  readonly dataFolder: string;
  readonly keysFolder?: string;
  readonly passphrase?: string;
  /** Whom to ask for what has happened since: for a backup that was made before the others joined. */
  readonly peers?: readonly KnownPeer[];
}

export interface RestoreReport {
  readonly height: number;
  readonly stateRoot: string;
  readonly keyRestored: boolean;
  readonly keysFolder: string;
}

export interface RestorePorts extends KeyPorts {
  /** Appends the blocks to a new block store in the folder. */
  readonly storeBlocks: (folder: string, blocks: AsyncIterable<Uint8Array>) => Promise<number>;
  /** Makes the consensus store of a node in the folder that does not know how it voted, with these links. */
  readonly storeLinks: (folder: string, links: AsyncIterable<SupermajorityLink>) => Promise<void>;
}

const manifestSchema = z.strictObject({
  version: z.literal(1),
  chainId: z.string().regex(/^[0-9a-f]{64}$/),
  height: z.number().int().min(0),
  stateRoot: z.string().regex(/^[0-9a-f]{64}$/),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

const EXPECTED: ReadonlySet<string> = new Set([
  FILES.genesis,
  FILES.node,
  FILES.organizationSeed,
  FILES.nextOrganizationSeed,
  FILES.state,
  FILES.clinical,
  FILES.accounts,
  FILES.peers,
  BLOCKS_FILE,
  LINKS_FILE,
  WRAPPED_KEY,
  MANIFEST,
]);
const OPTIONAL: ReadonlySet<string> = new Set([FILES.nextOrganizationSeed, FILES.peers, LINKS_FILE, WRAPPED_KEY]);

/** @throws FolderNotEmpty, KeyUnavailable, OperatorRefusal, or DamagedData when the file is not a whole backup. */
export async function restore(options: RestoreOptions, ports: RestorePorts): Promise<RestoreReport> {
  const folder = resolve(options.dataFolder);
  assertEmptyFolder(folder);
  const keysFolder = resolve(options.keysFolder ?? keysFolderOf(folder));
  if (!existsSync(options.file)) throw new OperatorRefusal('usage', `${options.file} is not there`);
  if (options.passphrase !== undefined) assertNoNodeKey(keysFolder);
  await mkdir(dirname(folder), { recursive: true });
  const working = await mkdtemp(join(dirname(folder), `.${basename(folder)}-restoring-`));
  try {
    await unpack(options.file, working);
    const manifest = await checkManifest(working);
    const stored = await ports.storeBlocks(join(working, FILES.blocks), readBlocks(join(working, BLOCKS_FILE)));
    if (stored !== manifest.height) throw new DamagedData(`the backup holds ${stored} blocks, not ${manifest.height}`);
    await ports.storeLinks(working, readLinks(join(working, LINKS_FILE)));
    if (options.peers !== undefined) saveKnownPeers(working, options.peers);
    const keyRestored = await restoreKey(working, keysFolder, options.passphrase, ports);
    for (const name of [BLOCKS_FILE, LINKS_FILE, MANIFEST, WRAPPED_KEY]) await rm(join(working, name), { force: true });
    if (existsSync(folder)) await rmdir(folder);
    await rename(working, folder);
    syncFolder(dirname(folder));
    return { height: manifest.height, stateRoot: manifest.stateRoot, keyRestored, keysFolder };
  } catch (fault) {
    await rm(working, { recursive: true, force: true });
    throw fault;
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  const tar = extract();
  const reading = pipeline(createReadStream(file), tar).catch((fault: unknown) => {
    throw new DamagedData(`the backup cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  });
  const seen = new Set<string>();
  try {
    for await (const entry of tar) {
      const { name } = entry.header;
      if (!EXPECTED.has(name) || seen.has(name)) throw new DamagedData(`the backup holds an unexpected file`);
      seen.add(name);
      await pipeline(entry, createWriteStream(join(folder, name), { mode: 0o600, flags: 'wx', flush: true }));
    }
  } catch (fault) {
    await reading.catch(() => {});
    throw fault instanceof DamagedData ? fault : new DamagedData('the backup is cut short or damaged');
  }
  await reading;
}

async function checkManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  let manifest: z.infer<typeof manifestSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new DamagedData('the backup has no readable list of its files');
  }
  for (const name of EXPECTED) {
    const expected = manifest.files[name];
    if (name === MANIFEST || (OPTIONAL.has(name) && expected === undefined)) continue;
    if (expected === undefined || expected !== (await hashOf(join(folder, name)))) {
      throw new DamagedData(`${name} in the backup is not the file that was backed up`);
    }
  }
  return manifest;
}

async function hashOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function* readBlocks(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const end = 4 + rest.readUInt32BE(0);
      yield new Uint8Array(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  }
  if (rest.length > 0) throw new DamagedData('the blocks in the backup are cut short');
}

async function* readLinks(path: string): AsyncGenerator<SupermajorityLink> {
  if (!existsSync(path)) return;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const link = parseLinkValue(JSON.parse(line));
    if (isRejection(link)) throw new DamagedData(`the votes in the backup do not read: ${link.code}`);
    yield link;
  }
}

async function restoreKey(
  folder: string,
  keysFolder: string,
  passphrase: string | undefined,
  ports: KeyPorts,
): Promise<boolean> {
  const wrappedPath = join(folder, WRAPPED_KEY);
  if (passphrase === undefined) return false;
  if (!existsSync(wrappedPath))
    throw new KeyUnavailable('the backup holds no node key: it was made without a passphrase');
  const key = unwrapNodeKey(ports, new Uint8Array(await readFile(wrappedPath)), passphrase);
  if (key === undefined) throw new KeyUnavailable('the passphrase does not open the node key in the backup');
  makeKeysFolder(keysFolder);
  writeNodeKey(keysFolder, key);
  return true;
}
