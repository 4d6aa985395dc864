/** Writes every file in the house's format, or only the paths given. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './house/source-files.ts';

const paths = process.argv.slice(2);
const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const result = spawnSync(process.execPath, [biome, 'format', '--write', ...(paths.length > 0 ? paths : ['.'])], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = result.status ?? 1;
