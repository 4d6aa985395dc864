/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/**
 * kill -9 at random moments while bundles and single resources are posted. Nothing acknowledged is lost, no bundle is half done,
 * every acknowledged transaction is on the ledger at the end. The broken variant it catches: an answer before the disk has it.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  clearchartJson,
  patientBundle,
  type RunningNode,
  startNode,
  temporaryFolder,
} from './clearchart-process.fixture.ts';

const KILLS = Number(process.env['CLEARCHART_TEST_KILLS'] ?? '50');
/** A kill comes after so many answers, counted and not timed: a busy machine kills as deep in the work as an idle one. */
const MOST_ANSWERS = 5;
/** And up to so much later. */
const MOST_DELAY_MS = 60;
const NO_ANSWER_MS = 30_000;
const WRITERS = 3;
const OBSERVATIONS = 4;

const temporary = temporaryFolder();
const data = join(temporary.path, 'data');
let node: RunningNode | undefined;
after(async () => {
  await node?.kill();
  temporary.remove();
});

interface Acknowledged {
  readonly locations: string[];
  readonly transactions: Set<string>;
}

/** Mulberry32: the same kills again from the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`after ${KILLS} kills nothing acknowledged is lost and nothing is half done`, {
  timeout: 1_800_000,
}, async (t) => {
  const seed = Number(process.env['CLEARCHART_TEST_SEED'] ?? Date.now() % 1_000_000);
  const random = chance(seed);
  t.diagnostic(`seed ${seed}`);
  const init = ['init', '--data', data, '--name', 'City Hospital', '--admin-email', 'a@city.example'];
  assert.equal((await clearchartJson(init)).code, 0);
  const made = await clearchartJson(['token', 'create', '--data', data, '--role', 'system']);
  const headers = { authorization: `Bearer ${made.answer.token}`, 'content-type': 'application/fhir+json' };
  const done: Acknowledged = { locations: [], transactions: new Set() };
  let number = 0;
  let startsMs = 0;
  let answered = 0;

  async function write(url: string): Promise<void> {
    number += 1;
    const isBundle = number % 2 === 0;
    const body = isBundle
      ? patientBundle(number, OBSERVATIONS)
      : { resourceType: 'Patient', identifier: [{ system: 'urn:canary', value: `single-${number}` }] };
    const answer = await fetch(`${url}/fhir/R4${isBundle ? '' : '/Patient'}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const reply: any = await answer.json();
    assert.equal(answer.status, isBundle ? 200 : 201, JSON.stringify(reply));
    answered += 1;
    done.transactions.add(answer.headers.get('x-clearchart-transaction') ?? '');
    if (isBundle) done.locations.push(...reply.entry.map((entry: any) => entry.response.location));
    else done.locations.push(new URL(answer.headers.get('location') ?? '', url).pathname.replace('/fhir/R4/', ''));
  }

  for (let kill = 0; kill < KILLS; kill += 1) {
    const began = performance.now();
    const running = await startNode(data);
    node = running;
    startsMs += performance.now() - began;
    let isDead = false;
    const writers = Array.from({ length: WRITERS }, async () => {
      while (!isDead) {
        try {
          await write(running.url);
        } catch (fault) {
          // Only what the kill has cut off may fail.
          if (!(fault instanceof TypeError || fault instanceof SyntaxError)) throw fault;
        }
      }
    });
    const answers = answered + Math.floor(random() * (MOST_ANSWERS + 1));
    for (const until = Date.now() + NO_ANSWER_MS; answered < answers && Date.now() < until; ) await pause(2);
    await pause(random() * MOST_DELAY_MS);
    isDead = true;
    await running.kill();
    await Promise.all(writers);
  }

  t.diagnostic(
    `${done.locations.length} versions, ${done.transactions.size} transactions acknowledged; a start took ${Math.round(startsMs / KILLS)} ms`,
  );
  assert.ok(done.locations.length > KILLS, 'too little was acknowledged to say anything');
  const last = await startNode(data);
  node = last;
  await settled(last.url);
  for (const location of done.locations) {
    const path = location.startsWith('http') ? new URL(location).pathname : `/fhir/R4/${location}`;
    const answer = await fetch(`${last.url}${path}`, { headers });
    assert.equal(answer.status, 200, location);
    await answer.arrayBuffer();
  }
  for (const id of done.transactions) {
    const answer = await fetch(`${last.url}/api/ledger/transactions/${id}`);
    assert.equal(answer.status, 200, `transaction ${id}`);
    await answer.arrayBuffer();
  }
  const whole = await total(last.url, headers, 'CareTeam?_summary=count');
  assert.equal(await total(last.url, headers, 'Practitioner?_summary=count'), whole);
  assert.equal(await total(last.url, headers, 'Observation?_summary=count'), whole * OBSERVATIONS);
  assert.equal((await last.stop()).code, 0);
  node = undefined;
  const check = await clearchartJson(['check-ledger', data]);
  assert.deepEqual([check.code, check.answer.faults], [0, []]);
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((later) => setTimeout(later, milliseconds));
}

async function settled(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const status: any = await (await fetch(`${url}/api/ledger/status`)).json();
    if (tries > 20 && status.pending === 0) return;
    await pause(50);
  }
  assert.fail('the ledger did not come to rest');
}

async function total(url: string, headers: Record<string, string>, query: string): Promise<number> {
  const answer: any = await (await fetch(`${url}/fhir/R4/${query}`, { headers })).json();
  return answer.total;
}
