/**
 * Types of the whole repository: every tsconfig is checked by itself, so core sees neither Node nor
 * the DOM. A source file that no tsconfig holds is a fault: nothing is left unchecked in silence.
 */
import { join } from 'node:path';
import { type Finding, runProgram } from './program.ts';
import { isCode, listFiles, listSources, ROOT, toRepositoryPath } from './source-files.ts';

const TSC = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const PROJECT_WITHOUT_FILES = 'TS18003';

export async function checkTypes(): Promise<Finding> {
  const projects = listFiles().filter((path) => isProject(path));
  const covered = new Set<string>();
  const faults: string[] = [];
  for (const project of projects) {
    const listed = await runProgram(TSC, ['--noEmit', '--pretty', 'false', '--listFiles', '-p', project]);
    if (listed.output.includes(PROJECT_WITHOUT_FILES)) continue;
    const folder = project.replace(/[^/]+$/, '');
    for (const line of listed.output.split('\n')) {
      const path = toRepositoryPath(line.trim());
      if (path.startsWith(folder) && isCode(path)) covered.add(path);
      else if (line.includes('error TS') || line.startsWith(' ')) faults.push(line);
    }
    if (!listed.good && !listed.output.includes('error TS')) faults.push(`${project}: ${listed.output}`);
  }
  const uncovered = listSources().filter((path) => !covered.has(path));
  for (const path of uncovered) faults.push(`${path} belongs to no tsconfig`);
  return {
    good: faults.length === 0 && covered.size > 0,
    count: covered.size,
    output: [...new Set(faults)].join('\n'),
  };
}

function isProject(path: string): boolean {
  return path === 'tsconfig.test.json' || (isCode(path) && path.endsWith('/tsconfig.json'));
}
