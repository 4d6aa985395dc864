import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { otherDemoHospitals } from '@clearchart/demo';
import {
  browserAead as aead,
  browserRandom as random,
  createConnection,
  Keyring,
  type Registered,
  signIn,
} from '@clearchart/web';
import { cookieFetch } from './cookie-fetch.ts';
import { type DemoProcess, eventually, startDemo } from './demo-process.fixture.ts';
import { type DemoAccount, readAccounts, writeAccounts } from './people-file.ts';
import { SEED } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-demo-'));
const data = join(folder, 'data');
const others = otherDemoHospitals(SEED, Date.now());
const running = new Set<DemoProcess>();
let height = 0;

after(async () => {
  for (const demo of running) await demo.kill();
  rmSync(folder, { recursive: true, force: true });
});

// One folder through its life: each test begins where the one before ended.

test('the ready line names the first hospital; the others are shown as starting, without a link', async () => {
  const demo = await started();
  assert.deepEqual(demo.lines, [`Clearchart ready at ${demo.url}`]);
  const { people, hospitals } = await demo.page();
  assert.equal(people.length, 7);
  assert.deepEqual(
    hospitals.map(({ name }) => name),
    others.map(({ hospital }) => hospital.name),
  );
  for (const { state, url } of hospitals) assert.equal(url !== undefined, state === 'up');
  assert.ok(hospitals.some(({ state }) => state === 'starting'));
  // Into the middle of founding and admitting.
  await setTimeout(2_500);
  await demo.kill();
  running.delete(demo);
});

test('a demo killed while its network came together is gone on with: four hospitals of one ledger, nothing lost', async () => {
  const demo = await started();
  const { hospitals } = await demo.settled();
  assert.deepEqual(
    hospitals.map(({ state }) => state),
    ['up', 'up', 'up'],
    demo.said(),
  );
  const urls = [demo.url, ...hospitals.map(({ url = '' }) => url)];
  assert.equal(new Set(urls).size, 4);
  height = await sameEverywhere(urls);
  const { people } = await demo.page();
  assert.equal(people.length, 7);
  await stopped(demo);
});

test('demo-people.json has everybody at every hospital, and no key lies in a data folder', () => {
  const accounts = accountsOf();
  assert.equal(accounts.length, 7 + 9);
  const names = ['City General Hospital', ...others.map(({ hospital }) => hospital.name)];
  assert.deepEqual([...new Set(accounts.map(({ hospital }) => hospital))], names);
  for (const { key } of others) {
    assert.ok(existsSync(join(data, 'hospitals', key, 'genesis.json')));
    assert.equal(statSync(join(`${data}.keys`, key)).mode & 0o777, 0o700);
    assert.ok(existsSync(join(`${data}.keys`, key, 'node.key')));
  }
  assert.deepEqual(globSync(join(data, '**', 'node.key')), []);
});

test('a second start on other ports keeps chain, people and passwords; the hospitals find each other again', async () => {
  const before = accountsOf();
  const demo = await started();
  const { hospitals } = await demo.settled();
  const urls = [demo.url, ...hospitals.map(({ url = '' }) => url)];
  // Their new addresses become final only when they vote together.
  await sameEverywhere(urls, height);
  const now = accountsOf();
  assert.deepEqual(now.map(withoutUrl), before.map(withoutUrl));
  assert.deepEqual([...new Set(now.map(({ url }) => url))], urls);

  const patients = now.filter(({ role }) => role === 'patient');
  const [here, there] = patients.filter(({ name }) => name === 'Meera Kulkarni');
  assert.ok(here !== undefined && there !== undefined);
  assert.equal(here.email, there.email);
  const sessions = [await entered(here), await entered(there)];
  assert.notEqual(sessions[0]?.person, undefined);
  assert.notEqual(sessions[0]?.accountId, sessions[1]?.accountId);
  await assert.rejects(entered({ ...there, password: here.password }));
  for (const account of now.filter(({ hospital, role }) => hospital !== here.hospital && role === 'practitioner'))
    assert.equal((await entered(account)).role, 'practitioner');

  const elsewhere = (await (await fetch(`${urls[1]}/api/demo/people`)).json()) as { hospitals: { name: string }[] };
  assert.deepEqual(
    elsewhere.hospitals.map(({ name }) => name),
    ['City General Hospital', ...others.slice(1).map(({ hospital }) => hospital.name)],
  );
  await stopped(demo);
});

test('who enrolled just as the demo was stopped, before it was written down, has recovery words after the next start', async () => {
  const file = join(data, 'hospitals', others[0]?.key ?? '', 'demo-people.json');
  const forgotten = readAccounts(file);
  writeAccounts(file, []);
  const demo = await started();
  await demo.settled();
  const again = readAccounts(file);
  assert.deepEqual(
    again.map(({ email }) => email),
    forgotten.map(({ email }) => email),
  );
  for (const [index, { recoveryWords }] of again.entries()) {
    assert.equal(recoveryWords.length, 24);
    assert.notDeepEqual(recoveryWords, forgotten[index]?.recoveryWords);
  }
  await stopped(demo);
});

test('one that does not open is told and shown as stopped; the first and the others go on', async () => {
  writeFileSync(join(data, 'hospitals', others[2]?.key ?? '', 'genesis.json'), 'damaged');
  const demo = await started();
  const { hospitals } = await demo.settled();
  assert.deepEqual(
    hospitals.map(({ state }) => state),
    ['up', 'up', 'stopped'],
  );
  assert.match(demo.said(), /Ambegaon Rural Clinic does not start/);
  assert.equal((await fetch(`${demo.url}/readyz`)).status, 200);
  await stopped(demo);
});

async function started(): Promise<DemoProcess> {
  const demo = await startDemo(data);
  running.add(demo);
  return demo;
}

async function stopped(demo: DemoProcess): Promise<void> {
  const { code, tookMs } = await demo.stop();
  running.delete(demo);
  assert.equal(code, 0, demo.said());
  assert.ok(tookMs < 10_000, `${tookMs} ms`);
}

function accountsOf(): readonly DemoAccount[] {
  return readAccounts(join(data, 'demo-people.json'));
}

function withoutUrl({ url: _url, ...account }: DemoAccount): Omit<DemoAccount, 'url'> {
  return account;
}

interface Status {
  readonly chainId: string;
  readonly finalHeight: number;
  readonly stateRoot: string;
  readonly members: readonly unknown[];
}

/** One chain, four members, and the same state at the same height, above the given one; resolves to that height. */
async function sameEverywhere(urls: readonly string[], above = 0): Promise<number> {
  const [first] = await eventually(async () => {
    const all = await Promise.all(urls.map(async (url) => (await fetch(`${url}/api/ledger/status`)).json()));
    const states = new Set(all.map((one: Status) => `${one.chainId} ${one.finalHeight} ${one.stateRoot}`));
    return states.size === 1 && (all as Status[]).every(({ finalHeight }) => finalHeight > above)
      ? (all as Status[])
      : undefined;
  });
  assert.equal(first?.members.length, 4);
  return first.finalHeight;
}

async function entered({ url, email, password }: DemoAccount): Promise<Registered['session']> {
  const ports = {
    aead,
    random,
    connection: createConnection({ fetch: cookieFetch(), origin: url }),
    keyring: new Keyring(),
    now: () => Date.now(),
    expectedChainId: () => undefined,
  };
  return await signIn(ports, email, password);
}
