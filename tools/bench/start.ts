// Start time, memory and the answer of the first page: a hospital's node on a founded folder, and the demo as `npm start` runs it
// (without installation and build), each first and second time. Goals: 10 s at first, 5 s at the second; the demo's other hospitals
// may follow 10 s later.
import { setTimeout as pause } from 'node:timers/promises';
import { whenAllAreUp } from '../browser/demo-hospital.ts';
import { machineNote, median, print, verifyRate } from './kit/measure.ts';
import { foundHospital, startNode, temporaryFolder } from './kit/node-process.ts';

const PAGE_ASKED = 200;
const GOALS_MS = { first: 10_000, second: 5_000 } as const;
/** The demo's last people come in, and the hospitals tell each other their new ports. */
const CALM_AFTER_MS = 20_000;
const OTHERS_GOAL_MS = 10_000;
const MEBIBYTE = 1024 * 1024;

interface Start {
  /** From the start of the process to the page's last byte. */
  readonly pageMs: number;
  readonly readyMs: number;
  /** From the ready line until the demo's other hospitals are up. */
  readonly othersMs: number;
  readonly memory: { readonly now: number; readonly highest: number };
  /** One page after another on a warm node, milliseconds each. */
  readonly page: readonly number[];
}

async function askPage(url: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`The page answers ${response.status}: build the web app first`);
  return performance.now() - begun;
}

async function start(command: 'node' | 'demo', data: string): Promise<Start> {
  const node = await startNode(command, data);
  try {
    const first = await askPage(node.url);
    const begun = performance.now();
    if (command === 'demo') await whenAllAreUp(node.url);
    const othersMs = performance.now() - begun;
    if (command === 'demo') await pause(CALM_AFTER_MS);
    const page: number[] = [];
    for (let index = 0; index < PAGE_ASKED; index += 1) page.push(await askPage(node.url));
    return { pageMs: node.readyMs + first, readyMs: node.readyMs, othersMs, memory: node.memory(), page };
  } finally {
    await node.stop();
  }
}

async function bench(command: 'node' | 'demo', rounds: number, found: (data: string) => Promise<void>): Promise<void> {
  const times: Record<keyof typeof GOALS_MS, Start[]> = { first: [], second: [] };
  for (let round = 0; round < rounds; round += 1) {
    const folder = temporaryFolder();
    try {
      await found(`${folder.path}/data`);
      times.first.push(await start(command, `${folder.path}/data`));
      times.second.push(await start(command, `${folder.path}/data`));
    } finally {
      folder.remove();
    }
  }
  const machine = machineNote(await verifyRate());
  for (const which of ['first', 'second'] as const) {
    const value = median(times[which].map(({ pageMs }) => pageMs));
    print({
      name: `${command}: ${which} start until the page has answered`,
      value,
      unit: 'ms',
      against: `goal ${GOALS_MS[which]} ms`,
      ratio: value / GOALS_MS[which],
      note: `median of ${rounds}, ready line at ${Math.round(median(times[which].map(({ readyMs }) => readyMs)))} ms; without installation and build; ${machine}`,
    });
  }
  if (command === 'demo') {
    for (const which of ['first', 'second'] as const) {
      const value = median(times[which].map(({ othersMs }) => othersMs));
      print({
        name: `demo: ${which} start, from the page until the other three hospitals are up`,
        value,
        unit: 'ms',
        against: `goal ${OTHERS_GOAL_MS} ms`,
        ratio: value / OTHERS_GOAL_MS,
        note: machine,
      });
    }
  }
  const memory = times.second.map((one) => one.memory);
  const now = median(memory.map((one) => one.now)) / MEBIBYTE;
  print({
    name: `${command}: memory after the second start`,
    value: now,
    unit: 'MiB',
    against: 'goal 400 MiB at a million transactions',
    ratio: now / 400,
    note: `resident, all threads, definitions of FHIR R4 in one worker; highest ${Math.round(median(memory.map((one) => one.highest)) / MEBIBYTE)} MiB`,
  });
  const page = median(times.second.flatMap((one) => one.page));
  print({
    name: `${command}: page`,
    value: page,
    unit: 'ms',
    against: 'goal 10 ms',
    ratio: page / 10,
    note: `GET / on a warm node, one connection, median of ${PAGE_ASKED * rounds}; ${machine}`,
  });
}

await bench('node', 2, foundHospital);
await bench('demo', 1, () => Promise.resolve());
