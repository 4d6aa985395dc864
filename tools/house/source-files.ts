/** The repository as the house rules see it: its own files, without what is installed, built or stored. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export const ROOT = dirname(dirname(import.meta.dirname));

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.cache', 'coverage']);
const SKIPPED_PREFIX = '.clearchart';

/** Folders that hold code; everything that is checked by type lies in one of them. */
export const CODE_ROOTS = ['core', 'engines', 'adapters', 'apps', 'simulator', 'tools'] as const;

/** Paths of every file below `folder`, relative to `root`, with forward slashes, sorted. */
export function listFiles(root: string = ROOT, folder = ''): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (SKIPPED_FOLDERS.has(entry.name) || entry.name.startsWith(SKIPPED_PREFIX)) continue;
      found.push(...listFiles(root, path));
    } else if (entry.isFile()) {
      found.push(path);
    }
  }
  return found.sort();
}

/** The TypeScript files of the code folders, declarations left out. */
export function listSources(root: string = ROOT): string[] {
  return listFiles(root).filter((path) => isCode(path) && /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
}

export function isCode(path: string): boolean {
  return CODE_ROOTS.some((folder) => path.startsWith(`${folder}/`));
}

export function isTest(path: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(path);
}

/** Written by a program of ours, with a test that writes it again. */
export function isGenerated(path: string): boolean {
  return /\.generated\.[a-z]+$/.test(path);
}

export function readText(path: string, root: string = ROOT): string {
  return readFileSync(join(root, path), 'utf8');
}

export function toRepositoryPath(path: string, root: string = ROOT): string {
  return relative(root, path).split(sep).join('/');
}
