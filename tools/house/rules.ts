/** The house rules that look at one file or folder at a time; each returns the offenders, in plain words. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCode, isGenerated, isTest, ROOT } from './source-files.ts';

export const MAX_FILE_LINES = 300;
export const MAX_README_LINES = 60;
export const CHECKSUMS = 'vectors/CHECKSUMS';

const BANNED_WORDS = /^(utils?|helpers?|managers?|services?|misc|common|stuff|data|info)$/;
const BANNED_ENDINGS = /[-.](utils?|helpers?|managers?|services?)$/;
/** Put together here, so that this file does not offend itself. */
const UNFINISHED = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);

/** Files too long to be read in one sitting. */
export function longFiles(files: readonly string[], read: (path: string) => string): string[] {
  return files
    .filter((path) => isCode(path) && /\.(ts|tsx|css|mjs)$/.test(path) && !isGenerated(path))
    .map((path) => ({ path, lines: countLines(read(path)) }))
    .filter(({ lines }) => lines > MAX_FILE_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Folders that hold code and no README, and READMEs too long to be read on the way in. */
export function readmeFaults(files: readonly string[], read: (path: string) => string): string[] {
  const folders = new Set(
    files.filter((path) => isCode(path) && /\.(ts|tsx)$/.test(path) && !isTest(path)).map((path) => folderOf(path)),
  );
  const faults: string[] = [];
  for (const folder of [...folders].sort()) {
    const readme = `${folder}/README.md`;
    if (!files.includes(readme)) faults.push(`${folder} has no README.md`);
    else if (countLines(read(readme)) > MAX_README_LINES)
      faults.push(`${readme} has more than ${MAX_README_LINES} lines`);
  }
  return faults;
}

/** Files and folders whose name says nothing about what is in them. */
export function vagueNames(files: readonly string[]): string[] {
  return files.filter(
    (path) =>
      isCode(path) &&
      path.split('/').some((step) => {
        const name = step.replace(/(\.(test|fixture|generated))?\.[a-z]+$/, '');
        return BANNED_WORDS.test(name) || BANNED_ENDINGS.test(name);
      }),
  );
}

/** Notes about work left undone: they belong in an issue. */
export function unfinishedNotes(files: readonly string[], read: (path: string) => string): string[] {
  return files
    .filter((path) => /\.(ts|tsx|mjs|css|md|json|html)$/.test(path) && path !== 'package-lock.json')
    .filter((path) => !path.startsWith('vectors/') && UNFINISHED.test(read(path)));
}

/** The text of vectors/CHECKSUMS for the vector files there are: `sha256  path` a line, sorted by path. */
export function vectorChecksums(files: readonly string[], root: string = ROOT): string {
  return vectorFiles(files)
    .map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(root, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('');
}

export function vectorFiles(files: readonly string[]): string[] {
  return files.filter((path) => /^vectors\/.*\.(json|txt|bin)$/.test(path));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
