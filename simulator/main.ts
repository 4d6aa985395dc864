import { parseArgs } from 'node:util';
import { simulate } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
  },
});

let broken = 0;
for (let run = 0; run < Number(values.runs); run += 1) {
  const seed = Number(values.seed) + run;
  try {
    process.stdout.write(`${JSON.stringify(await simulate({ seed, minutes: Number(values.minutes) }))}\n`);
  } catch (error) {
    broken += 1;
    process.stdout.write(`${String((error as Error).stack)}\n`);
  }
}
process.exitCode = broken === 0 ? 0 : 1;
