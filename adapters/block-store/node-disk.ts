import { mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Disk, DiskFile, OpenMode } from './disk.ts';

const FLAGS: Record<OpenMode, string[]> = { read: ['r'], write: ['r+'], create: ['r+', 'wx+'] };

/** A folder of a real file system. The folder is created with mode 0700 and its name synced, unless only reading. */
export async function openNodeDisk(folder: string, access: 'read' | 'write'): Promise<Disk> {
  if (access === 'write' && (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) {
    await syncPath(dirname(folder));
  }
  return {
    async list() {
      try {
        return await readdir(folder);
      } catch (error) {
        if (isAbsent(error)) return [];
        throw error;
      }
    },
    async open(name, mode) {
      return nodeFile(await openFirst(join(folder, name), FLAGS[mode]));
    },
    async replace(name, bytes) {
      const path = join(folder, name);
      await writeFile(`${path}.new`, bytes, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    syncFolder: () => syncPath(folder),
  };
}

async function openFirst(path: string, flags: string[]): Promise<FileHandle> {
  const [first, ...rest] = flags;
  try {
    return await open(path, first, 0o600);
  } catch (error) {
    if (rest.length === 0 || !isAbsent(error)) throw error;
    return openFirst(path, rest);
  }
}

function nodeFile(handle: FileHandle): DiskFile {
  return {
    size: async () => (await handle.stat()).size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    async write(offset, bytes) {
      let written = 0;
      while (written < bytes.length) {
        written += (await handle.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
      }
    },
    truncate: (size) => handle.truncate(size),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function syncPath(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
