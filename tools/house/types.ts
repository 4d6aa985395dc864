/**
 * Types of the whole repository: every tsconfig is checked by itself, so core sees neither Node nor
 * the DOM. A source file that no tsconfig holds is a fault: nothing is left unchecked in silence.
 */
import { join } from 'node:path';
import { type Finding, runProgram } from './program.ts';
import { isCode, listFiles, listSources, ROOT, toRepositoryPath } from './source-files.ts';

const TSC = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const PROJECT_WITHOUT_FILES = 'TS18003';

/** Checks every project under `root`; the finding counts the source files that were checked. */
export async function checkTypes(root: string = ROOT): Promise<Finding> {
  const covered = new Set<string>();
  const faults = new Set<string>();
  for (const project of listFiles(root).filter(isProject)) {
    const listed = await runProgram(TSC, ['--listFilesOnly', '-p', project], root);
    const checked = await runProgram(TSC, ['--noEmit', '--pretty', 'false', '-p', project], root);
    if (checked.output.includes(PROJECT_WITHOUT_FILES)) continue;
    const folder = project.slice(0, project.lastIndexOf('/') + 1);
    for (const line of listed.output.split('\n')) {
      const path = toRepositoryPath(line.trim(), root);
      if (path.startsWith(folder)) covered.add(path);
    }
    if (!checked.good) for (const line of checked.output.trimEnd().split('\n')) faults.add(line);
  }
  const sources = listSources(root);
  for (const path of sources) if (!covered.has(path)) faults.add(`${path} belongs to no tsconfig`);
  const count = sources.filter((path) => covered.has(path)).length;
  return { good: faults.size === 0 && count > 0, count, output: [...faults].join('\n') };
}

function isProject(path: string): boolean {
  return path === 'tsconfig.test.json' || (isCode(path) && path.endsWith('/tsconfig.json'));
}
