// Runs every bench of this folder, one after the other in a process of its own, and prints their JSON lines:
// {name, value, unit, against, ratio, note}. Name files to run only those.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const folder = import.meta.dirname;
const wanted = process.argv.slice(2);
const files = (await readdir(folder))
  .filter((name) => name.endsWith('.ts') && name !== 'main.ts' && !/\.(test|fixture)\.ts$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

let failures = 0;
for (const file of files) {
  process.stderr.write(`bench ${file}\n`);
  const code = await run(join(folder, file));
  if (code === 0) continue;
  failures += 1;
  process.stderr.write(`bench ${file} ended with ${code}\n`);
}
if (files.length === 0) process.stderr.write('No bench has that name\n');
process.exitCode = failures > 0 || files.length === 0 ? 1 : 0;

function run(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
