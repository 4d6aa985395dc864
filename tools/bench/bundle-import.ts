// Import of whole patients against the validator alone: the same entries first only examined (shape, rules, bindings, index values),
// then imported by `POST /fhir/R4` into a real node, sealed, indexed, anchored and durable. BENCH_BUNDLES names a folder of other bundles.
import { demoHospital } from '@clearchart/demo';
import { startDefinitions } from '@clearchart/node';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineNote, median, print, verifyRate } from './kit/measure.ts';
import { foundHospital, type NodeProcess, startNode, systemToken, temporaryFolder } from './kit/node-process.ts';

const ROUNDS = 3;
/** Times the demo's twelve people are imported in one round, each time with other chances. */
const DEMO_SEEDS = 3;
const AT_ONCE = 4;
const MOST_BUNDLES = 12;

interface Bundle {
  readonly entry?: readonly { readonly resource?: object }[];
}

async function bundlesOf(folder: string): Promise<Bundle[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.slice(0, MOST_BUNDLES).map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as Bundle);
}

const given = process.env['BENCH_BUNDLES'];
const today = Date.UTC(2026, 0, 15);
/** Who the patients' bundles refer to; imported before the measurement. */
const directory: Bundle[] = given === undefined ? [demoHospital(1, today).directory as Bundle] : [];
const bundles =
  given === undefined
    ? Array.from({ length: DEMO_SEEDS }, (_, seed) => demoHospital(seed + 1, today).patients).flatMap((patients) =>
        patients.filter(({ isWritten }) => isWritten).map(({ bundle }) => bundle as Bundle),
      )
    : await bundlesOf(given);
const resources = bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []));
const jsons = resources.map((resource) => JSON.stringify(resource));

/** Entries a second through the validation worker, with as many under way as an import has. */
async function validatorRate(definitions: Awaited<ReturnType<typeof startDefinitions>>): Promise<number> {
  const begun = performance.now();
  for (let at = 0; at < jsons.length; at += 200)
    await Promise.all(jsons.slice(at, at + 200).map((json) => definitions.examine(json)));
  return (jsons.length / (performance.now() - begun)) * 1000;
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<void> {
  const response = await fetch(`${url}/fhir/R4`, { method: 'POST', headers, body });
  if (response.status !== 200) throw new Error(`A bundle was refused: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

/** All bundles once. */
async function importRate(
  node: NodeProcess,
  headers: Record<string, string>,
): Promise<{ rate: number; cpuUs: number }> {
  const bodies = bundles.map((bundle) => JSON.stringify(bundle));
  const before = node.cpuMs();
  const begun = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(node.url, headers, body);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rate = (resources.length / (performance.now() - begun)) * 1000;
  return { rate, cpuUs: ((node.cpuMs() - before) * 1000) / resources.length };
}

const pace = await verifyRate();
const alone: number[] = [];
const imported: { rate: number; cpuUs: number }[] = [];
const folder = temporaryFolder();
const data = `${folder.path}/data`;
await foundHospital(data);
const node = await startNode('node', data);
const definitions = await startDefinitions();
try {
  const headers = { authorization: `Bearer ${await systemToken(data)}`, 'content-type': 'application/fhir+json' };
  for (const bundle of directory) await post(node.url, headers, JSON.stringify(bundle));
  // Both once to warm up.
  await validatorRate(definitions);
  await importRate(node, headers);
  for (let round = 0; round < ROUNDS; round += 1) {
    alone.push(await validatorRate(definitions));
    imported.push(await importRate(node, headers));
  }
} finally {
  await definitions.close();
  await node.stop();
  folder.remove();
}
const value = median(imported.map(({ rate }) => rate));
print({
  name: 'bundle import',
  value,
  unit: 'entries/s',
  against: `the validator alone, one thread, ${Math.round(median(alone))} entries/s; goal 0.5 of it`,
  ratio: median(imported.map(({ rate }, round) => rate / (alone[round] ?? Number.NaN))),
  note: `${bundles.length} whole-patient bundles, ${resources.length} entries of ${Math.round(jsons.join('').length / jsons.length)} bytes, transactions by POST, ${AT_ONCE} at once, medians of ${ROUNDS}; sealed, indexed, anchored, SQLite FULL; ${Math.round(median(imported.map(({ cpuUs }) => cpuUs)))} µs of the node's processor time an entry, validation, mining and ledger included; ${machineNote(pace)}`,
});
