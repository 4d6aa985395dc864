import { parseArgs } from 'node:util';
import { addCoverage, noCoverage, simulate } from './index.ts';
import { VARIANTS, type Variant } from './variants.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    runs: { type: 'string' },
    variant: { type: 'string' },
  },
});
const first = Number(values.seed);
const minutes = Number(values.minutes);
const say = (line: string): unknown => process.stdout.write(`${line}\n`);

if (values.variant === undefined) await runAll(Number(values.runs ?? 1));
else await catchVariants(values.variant, Number(values.runs ?? 100));

/** Every seed; exit 1 when a promise was broken. */
async function runAll(runs: number): Promise<void> {
  const broken: number[] = [];
  const sum = noCoverage();
  const begunAt = performance.now();
  for (let seed = first; seed < first + runs; seed += 1) {
    try {
      const report = await simulate({ seed, minutes });
      addCoverage(sum, report.coverage);
      say(JSON.stringify(report));
    } catch (error) {
      broken.push(seed);
      say(String((error as Error).stack));
    }
  }
  if (runs > 1) {
    const secondsPerRun = Number(((performance.now() - begunAt) / 1_000 / runs).toFixed(2));
    say(JSON.stringify({ runs, broken, secondsPerRun, coverage: sum }));
  }
  process.exitCode = broken.length === 0 ? 0 : 1;
}

/** Nodes with one protection taken out, each up to the seed that shows it; exit 1 when one of them came through. */
async function catchVariants(name: string, runs: number): Promise<void> {
  const chosen = VARIANTS.filter((variant) => name === 'all' || variant.name === name);
  if (chosen.length === 0) throw new Error(`There are: all, ${VARIANTS.map((variant) => variant.name).join(', ')}`);
  for (const variant of chosen) {
    const caught = await catchOne(variant, runs);
    if (caught === undefined) process.exitCode = 1;
    say(`A node that ${variant.what}: ${caught ?? `not caught in ${runs} runs`}`);
  }
}

async function catchOne({ load, complaint }: Variant, runs: number): Promise<string | undefined> {
  const run = await load();
  for (let seed = first; seed < first + runs; seed += 1) {
    const complaintOf = await complaintIn(() => run({ seed, minutes }));
    if (complaintOf !== undefined && complaint.test(complaintOf)) return complaintOf;
  }
  return undefined;
}

async function complaintIn(run: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'PromiseBroken') return message;
    throw error;
  }
}
