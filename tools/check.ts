/**
 * Everything that is checked without running the product: format, lint, types, layers, dead code and
 * the house rules. Arguments choose checks by name. Any fault, or a check that saw no file, fails.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Finding, runProgram } from './house/program.ts';
import { listFiles, listSources, ROOT } from './house/source-files.ts';
import { checkTypes } from './house/types.ts';

interface Check {
  readonly name: string;
  run(): Promise<Finding>;
}

const tool = (...path: string[]) => join(ROOT, 'node_modules', ...path);
const houseTests = listFiles(ROOT, 'tools/house').filter((path) => path.endsWith('.test.ts'));

const CHECKS: readonly Check[] = [
  {
    name: 'format',
    run: () =>
      counted(/Checked (\d+) files/, tool('@biomejs', 'biome', 'bin', 'biome'), [
        'format',
        '--reporter=summary',
        '--max-diagnostics=none',
        '.',
      ]),
  },
  {
    name: 'lint',
    run: () => counted(/on (\d+) files/, tool('oxlint', 'bin', 'oxlint'), ['--type-aware', '--deny-warnings']),
  },
  { name: 'types', run: () => checkTypes() },
  { name: 'layers', run: () => counted(/(\d+) files read/, join(ROOT, 'tools/house/layers.ts'), []) },
  { name: 'dead code', run: () => runProgram(tool('knip', 'bin', 'knip.js'), ['--no-progress', '--no-config-hints']) },
  {
    name: 'house rules',
    run: () => counted(/ℹ tests (\d+)/, '--test', ['--test-reporter=spec', '--test-concurrency=2', ...houseTests]),
  },
];

/** Runs a program that says how many files it saw; one that saw none, or does not say, has failed. */
async function counted(pattern: RegExp, program: string, args: readonly string[]): Promise<Finding> {
  const finding = await runProgram(program, args);
  const count = Number(pattern.exec(finding.output)?.[1] ?? 0);
  if (count === 0) return { good: false, output: `${finding.output}\nThe checker did not look at any file.` };
  return { ...finding, count };
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !CHECKS.some((check) => check.name.startsWith(name)));
  if (unknown.length > 0) {
    console.log(
      `There is no check called ${unknown.join(', ')}; there are ${CHECKS.map((check) => check.name).join(', ')}.`,
    );
    return 2;
  }
  const waiting = CHECKS.filter((check) => names.length === 0 || names.some((name) => check.name.startsWith(name)));
  const total = waiting.length;
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = performance.now();
      const finding = await check.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const seen = finding.count === undefined ? '' : `${finding.count} seen, `;
      console.log(`${finding.good ? 'ok  ' : 'FAIL'}  ${check.name.padEnd(12)} ${seen}${seconds} s`);
      if (finding.good) continue;
      failed += 1;
      console.log(finding.output.trim().replace(/^/gm, '      '));
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  console.log(
    failed === 0
      ? `All ${total} checks passed on ${listSources().length} source files.`
      : `${failed} of ${total} checks failed.`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
