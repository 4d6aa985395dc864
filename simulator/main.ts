import { parseArgs } from 'node:util';
import { addCoverage, noCoverage, simulate } from './index.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
  },
});

const [first, minutes, runs] = [values.seed, values.minutes, values.runs].map(Number) as [number, number, number];
const broken: number[] = [];
const sum = noCoverage();
const begunAt = performance.now();
for (let seed = first; seed < first + runs; seed += 1) {
  try {
    const report = await simulate({ seed, minutes });
    addCoverage(sum, report.coverage);
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } catch (error) {
    broken.push(seed);
    process.stdout.write(`${String((error as Error).stack)}\n`);
  }
}
if (runs > 1) {
  const secondsPerRun = Number(((performance.now() - begunAt) / 1_000 / runs).toFixed(2));
  process.stdout.write(`${JSON.stringify({ runs, broken, secondsPerRun, coverage: sum })}\n`);
}
process.exitCode = broken.length === 0 ? 0 : 1;
