/** What a node's data folder holds, by name. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  openSync,
  fsyncSync,
  closeSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export class FolderNotEmpty extends Error {
  override readonly name = 'FolderNotEmpty';
  constructor(folder: string) {
    super(`${folder} is not empty: choose a new folder`);
  }
}

/** The folder was never a node's: another path was meant. */
export class NotADataFolder extends Error {
  override readonly name = 'NotADataFolder';
  constructor(folder: string) {
    super(`${folder} is not a Clearchart data folder: clearchart init makes one`);
  }
}

/** The data on disk is not what this node wrote, beyond what it can repair by itself. */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';
}

export const FILES = {
  genesis: 'genesis.json',
  node: 'node.json',
  organizationSeed: 'organization.sealed',
  /** Only while the hospital takes a new key. */
  nextOrganizationSeed: 'organization-next.sealed',
  blocks: 'blocks',
  state: 'state.db',
  /** Only while a member that has joined by a snapshot lacks older blocks: a state and blocks from there on. */
  joining: 'joining',
  /** Only while a state is being given to others: its entries, copied. */
  givenState: 'given-state.db',
  consensus: 'consensus.db',
  peers: 'peers.json',
  clinical: 'clinical.db',
  accounts: 'accounts.db',
  evidence: 'evidence',
  pid: 'node.pid',
} as const;

const nodeFileSchema = z.strictObject({
  version: z.literal(1),
  organization: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  /** Made by `demo`: its passwords are public, so `node` does not start on it. */
  demo: z.boolean(),
});
export type NodeFile = z.infer<typeof nodeFileSchema>;

/** @throws FolderNotEmpty unless the folder is empty or not there yet. */
export function assertEmptyFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0) throw new FolderNotEmpty(folder);
}

export function writeDurably(path: string, bytes: Uint8Array | string): void {
  writeFileSync(path, bytes, { mode: 0o600, flush: true });
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // One that was there before may be open to others.
  chmodSync(folder, 0o700);
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** @throws NotADataFolder, or DamagedData when the file is missing or changed. */
export function readNodeFile(folder: string): NodeFile {
  let text: string;
  try {
    text = readFileSync(join(folder, FILES.node), 'utf8');
  } catch {
    const holdsOthers = Object.values(FILES).some((name) => existsSync(join(folder, name)));
    if (!holdsOthers) throw new NotADataFolder(folder);
    throw new DamagedData(`${join(folder, FILES.node)} is missing or cannot be read`);
  }
  try {
    return nodeFileSchema.parse(JSON.parse(text));
  } catch {
    throw new DamagedData(`${join(folder, FILES.node)} does not read as it was written`);
  }
}

/** Whether the folder was made by the demo; false for every other folder, an unreadable one too. */
export function isDemoFolder(folder: string): boolean {
  try {
    return readNodeFile(folder).demo;
  } catch {
    return false;
  }
}
