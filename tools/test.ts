/**
 * Runs every test of the repository, or those whose path contains one of the arguments. Builds the web
 * page first when a test needs it and it is missing or old. The runner's closing lines come last.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isTest, listSources, ROOT } from './house/source-files.ts';

/** Files at a time: one a core of the smallest machine that runs this. */
const CONCURRENCY = 2;
/** A test that hangs must fail by itself; the longest of ours drives a browser for minutes. */
const TEST_TIMEOUT_MS = 1_800_000;
/** Does nothing when the page is already built from the sources there are. */
const WEB_BUILD = 'tools/build-web.ts';

async function main(args: readonly string[]): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('-'));
  const filters = args.filter((arg) => !arg.startsWith('-')).map((arg) => arg.replace(/^\.\//, ''));
  const tests = listSources().filter((path) => isTest(path) && !path.includes('.fixture.'));
  const chosen = filters.length === 0 ? tests : tests.filter((path) => filters.some((filter) => path.includes(filter)));
  if (chosen.length === 0) {
    process.stderr.write(
      filters.length === 0 ? 'No test was found.\n' : `No test's path contains ${filters.join(' or ')}.\n`,
    );
    return 2;
  }
  const mayNeedPage = chosen.some((path) => /^(apps|tools)\//.test(path) && !path.startsWith('tools/house/'));
  const built = mayNeedPage && existsSync(join(ROOT, WEB_BUILD)) ? await runNode([WEB_BUILD], 2) : 0;
  if (built !== 0) process.stderr.write('The web page could not be built; tests that need it will fail.\n');
  const runner = [
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${CONCURRENCY}`,
    `--test-timeout=${TEST_TIMEOUT_MS}`,
    ...options,
    ...chosen,
  ];
  return (await runNode(runner, 1)) || built;
}

/** Exit code of a Node started with `args`; its output goes to the given descriptor of ours. */
function runNode(args: readonly string[], output: 1 | 2): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: ROOT,
      stdio: ['ignore', output, 2],
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

process.exitCode = await main(process.argv.slice(2));
