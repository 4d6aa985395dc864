// The few things block storage asks of a disk. Bytes written count as stored only after `sync`, a file's name only after
// `syncFolder`; until then a crash may lose, tear or reorder them. The simulator owns a disk that does all three.

export interface DiskFile {
  size(): Promise<number>;
  /** Fewer bytes than asked for when the file ends before; throws on a disk fault. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Writes all bytes at the offset or throws; what was written when it throws is unknown. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  /** fdatasync: resolved means durable. After it throws, what lies on the disk is unknown until the next start. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export type OpenMode = 'read' | 'write' | 'create';

export interface Disk {
  /** Names of the files in the folder, in any order; creates nothing. An absent folder is empty. */
  list(): Promise<string[]>;
  /** `write` opens what is there, `create` makes an empty file when it is absent; `read` never writes. */
  open(name: string, mode: OpenMode): Promise<DiskFile>;
  /** Creates or replaces a small file whose loss does no harm; not synced. */
  replace(name: string, bytes: Uint8Array): Promise<void>;
  /** fsync of the folder, so that names created in it survive. */
  syncFolder(): Promise<void>;
}
