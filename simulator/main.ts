import { parseArgs } from 'node:util';
import { simulate } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '2000' },
    runs: { type: 'string', default: '1' },
  },
});

for (let run = 0; run < Number(values.runs); run += 1) {
  const seed = Number(values.seed) + run;
  process.stdout.write(`${JSON.stringify(await simulate({ seed, steps: Number(values.steps) }))}\n`);
}
