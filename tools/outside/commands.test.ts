/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** What an outside test may rely on: each command's answer and exit code, with the node running and standing still. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  clearchart,
  clearchartJson,
  patientBundle,
  type RunningNode,
  startNode,
  temporaryFolder,
  writeJson,
} from './clearchart-process.fixture.ts';

const temporary = temporaryFolder();
const data = join(temporary.path, 'data');
const file = (name: string): string => join(temporary.path, name);
const HEX_64 = /^[0-9a-f]{64}$/;
let chain: string;
let node: RunningNode | undefined;
let token: string;

async function get(path: string): Promise<any> {
  const answer = await fetch(`${node?.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return await answer.json();
}

before(async () => {
  const init = ['init', '--data', data, '--name', 'City Hospital', '--admin-email', 'a@city.example'];
  const { code, answer } = await clearchartJson(init);
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(answer), ['chainId', 'organizationId', 'enrolUrl']);
  assert.match(answer.chainId, HEX_64);
  assert.match(answer.enrolUrl, /^\/enrol#\S+$/);
  chain = answer.chainId;
});
after(async () => {
  await node?.kill();
  temporary.remove();
});

test('a wrong word on the command line ends with 2 and says what is wrong', async () => {
  const init = ['init', '--name', 'X', '--admin-email', 'a@x.example', '--data'];
  const wrong: [string[], RegExp][] = [
    [[], /COMMAND/],
    [['inti'], /no command "inti"/],
    [['status'], /needs --data/],
    [['status', '--data', data, '--loud'], /no flag --loud/],
    [['status', '--data', file('nowhere')], /not a Clearchart data folder/],
    [[...init, data], /not empty/],
    [['init', '--data', file('new'), '--name', '', '--admin-email', 'a@x.example'], /--name/],
    [['init', '--data', file('new'), '--name', 'X', '--admin-email', 'nobody'], /e-mail/],
    [[...init, file('new'), '--keys', file('new/keys')], /must not lie in the data folder/],
    [['verify', file('nothing.json')], /needs --chain/],
    [['verify', file('nothing.json'), '--chain', 'abc'], /64/],
    [['verify', file('nothing.json'), '--chain', 'a'.repeat(64)], /cannot be read/],
    [['verify', file('nothing.json'), '--chain', 'a'.repeat(64), '--from', '7:abc'], /HEIGHT:HASH/],
    [['token', 'create', '--data', data, '--role', 'system', '--days', '0'], /--days/],
    [['token', 'create', '--data', data, '--role', 'patient'], /needs --person/],
    [['token', 'create', '--data', data, '--role', 'patient', '--person', 'nope'], /there is no Patient/],
    [['enrolment', 'again', '--data', data], /enrolment renew/],
    [['enrolment', 'renew', '--data', data, '--admin-email', 'nobody'], /cannot be asked for/],
    [['restore', file('nothing.backup'), '--data', file('new')], /not there/],
    [['check-ledger', data, '--keys', file('no-keys')], /no node key/],
  ];
  async function tryAll(some: typeof wrong): Promise<void> {
    for (const [args, words] of some) {
      const { code, stdout, stderr } = await clearchart(args);
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stdout + stderr, words);
    }
  }
  // One folder takes one command at a time: another would rightly be told that it is in use.
  const inFolder = wrong.filter(([args]) => args.includes(data));
  await Promise.all([tryAll(inFolder), tryAll(wrong.filter((one) => !inFolder.includes(one)))]);
  assert.equal(existsSync(file('new')), false);
});

test('all faults of the configuration are told at once', async () => {
  const environment = { CLEARCHART_PORTS: '1', CLEARCHART_ENGINE: 'raft', CLEARCHART_TRUST_PROXY: 'perhaps' };
  const { code, stderr } = await clearchart(['node', '--data', data, '--port', '99999'], environment);
  assert.equal(code, 2);
  for (const words of [/CLEARCHART_PORTS is not a setting/, /engine/, /trustProxy/, /port/])
    assert.match(stderr, words);
});

test('--help and NO_COLOR are plain text', async () => {
  for (const args of [['--help'], ['node', '--help'], ['check-ledger', data]]) {
    const { code, stdout } = await clearchart(args, { NO_COLOR: '1' });
    assert.equal(code, 0);
    assert.ok(!stdout.includes('\u001b'));
  }
});

test('the keys lie beside the data folder, for one user only', () => {
  assert.equal(statSync(`${data}.keys`).mode & 0o777, 0o700);
  assert.equal(statSync(`${data}.keys/node.key`).mode & 0o777, 0o600);
  assert.equal(statSync(data).mode & 0o777, 0o700);
});

test('import does what can be done and names what was refused', async () => {
  const good = [1, 2].map((number) => writeJson(file(`good-${number}.json`), patientBundle(number)));
  const bad = patientBundle(3);
  Object.assign(bad.entry[3]?.resource ?? {}, { status: 'no-such-status' });
  const files = [good[0] ?? '', writeJson(file('bad.json'), bad), file('not-there.json'), good[1] ?? ''];
  writeFileSync(file('not-json.json'), '{');
  const { code, answer } = await clearchartJson(['import', '--data', data, ...files, file('not-json.json')]);
  assert.equal(code, 1);
  assert.deepEqual([answer.bundles, answer.resources], [2, 10]);
  assert.deepEqual(
    answer.refused.map((one: { file: string }) => one.file),
    [file('bad.json'), file('not-there.json'), file('not-json.json')],
  );
  for (const { outcome } of answer.refused) assert.equal(outcome.resourceType, 'OperationOutcome');
});

test('a node tells one line, writes its pid and refuses a second process on its folder with 3 within 2 s', async () => {
  node = await startNode(data);
  assert.match(node.firstLine, /^Clearchart ready at http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.match(readFileSync(join(data, 'node.pid'), 'utf8'), /^\d+\n$/);
  const second = await clearchart(['node', '--data', data, '--port', '0']);
  assert.equal(second.code, 3, second.stderr);
});

test('commands work beside the running node', async () => {
  const made = await clearchartJson(['token', 'create', '--data', data, '--role', 'system', '--days', '3']);
  assert.equal(made.code, 0);
  assert.deepEqual(Object.keys(made.answer), ['token', 'id', 'expires']);
  ({ token } = made.answer);
  const renewed = await clearchartJson(['enrolment', 'renew', '--data', data]);
  assert.equal(renewed.code, 0, renewed.stderr);
  assert.deepEqual(Object.keys(renewed.answer), ['enrolUrl', 'expires']);
  assert.match(renewed.answer.enrolUrl, /^\/enrol#\S+$/);
  const status = await clearchartJson(['status', '--data', data]);
  assert.deepEqual(status.answer, await get('/api/ledger/status'));
  const imported = await clearchartJson([
    'import',
    '--data',
    data,
    writeJson(file('good-4.json'), patientBundle(4, 40)),
  ]);
  assert.deepEqual([imported.code, imported.answer.bundles], [0, 1]);
  const check = await clearchartJson(['check-ledger', data]);
  assert.deepEqual([check.code, check.answer.faults], [0, []]);
});

test('a receipt and an export are verified without a server, and not when a byte is another', async () => {
  const found = await get('/fhir/R4/Patient?identifier=urn:canary|canary-4');
  const { id } = found.entry[0].resource;
  const receipt = await get(`/api/records/Patient/${id}/versions/1/receipt`);
  const good = await clearchartJson(['verify', writeJson(file('receipt.json'), receipt), '--chain', chain]);
  assert.deepEqual([good.code, good.answer.ok, good.answer.chainId], [0, true, chain]);
  const other = await clearchartJson(['verify', file('receipt.json'), '--chain', 'a'.repeat(64)]);
  assert.deepEqual([other.code, other.answer.ok], [1, false]);

  const exported = await clearchartJson(['export', '--data', data, '--patient', id, file('export.json')]);
  assert.deepEqual([exported.code, exported.answer.versions, exported.answer.waiting], [0, 42, 0]);
  // Each version costs what it says, not the transaction that 43 of them share.
  assert.ok(statSync(file('export.json')).size < 42 * 5_000);
  const whole = await clearchartJson(['verify', file('export.json'), '--chain', chain]);
  assert.deepEqual([whole.code, whole.answer.ok], [0, true]);
  writeFileSync(
    file('changed.json'),
    readFileSync(file('export.json'), 'utf8').replace('Canarysurname4', 'Canarysurname5'),
  );
  const changed = await clearchartJson(['verify', file('changed.json'), '--chain', chain]);
  assert.deepEqual([changed.code, changed.answer.ok], [1, false]);
  assert.equal((await clearchart(['export', '--data', data, '--patient', id, file('export.json')])).code, 2);
  assert.equal((await clearchart(['export', '--data', data, '--patient', 'nobody', file('none.json')])).code, 1);
});

test('a backup of the running node becomes a node that runs', async () => {
  writeFileSync(file('passphrase'), 'correct horse battery staple\n');
  const backup = ['backup', '--data', data, '--backup-passphrase-file', file('passphrase'), file('b.tar')];
  const made = await clearchartJson(backup);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.answer.stateRoot, HEX_64);
  assert.equal((await clearchart(backup)).code, 2);
  const restored = file('restored');
  writeFileSync(file('wrong'), 'wrong');
  const restore = ['restore', file('b.tar'), '--data', restored, '--backup-passphrase-file'];
  assert.equal((await clearchart([...restore, file('wrong')])).code, 2);
  assert.equal(existsSync(restored), false);
  const back = await clearchartJson([...restore, file('passphrase')]);
  assert.deepEqual(
    [back.code, back.answer.height, back.answer.stateRoot],
    [0, made.answer.height, made.answer.stateRoot],
  );
  assert.equal((await clearchart([...restore, file('passphrase')])).code, 2);
  const check = await clearchartJson(['check-ledger', restored]);
  assert.deepEqual([check.code, check.answer.faults], [0, []]);
  const again = await startNode(restored);
  assert.equal((await fetch(`${again.url}/readyz`)).status, 200);
  assert.equal((await again.stop()).code, 0);
});

test('SIGTERM ends the node with 0 within 10 s', async () => {
  const stopped = await node?.stop();
  node = undefined;
  assert.equal(stopped?.code, 0);
  assert.ok((stopped?.tookMs ?? Infinity) < 10_000);
  assert.equal(existsSync(join(data, 'node.pid')), false);
});

test('a stolen data folder opens nothing: nothing is in clear, and without the keys nothing starts', async () => {
  const stolen = file('stolen');
  cpSync(data, stolen, { recursive: true });
  for (const command of [
    ['node', '--data', stolen, '--port', '0'],
    ['status', '--data', stolen],
    ['check-ledger', stolen],
  ]) {
    const { code, stderr } = await clearchart(command);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /no node key/);
  }
  mkdirSync(`${stolen}.keys`, { mode: 0o700 });
  writeFileSync(`${stolen}.keys/node.key`, Buffer.alloc(32, 7), { mode: 0o600 });
  const guessed = await clearchart(['node', '--data', stolen, '--port', '0']);
  assert.equal(guessed.code, 4, guessed.stderr);
  for (const name of readdirSync(stolen, { recursive: true, encoding: 'utf8' })) {
    if (!statSync(join(stolen, name)).isFile()) continue;
    const bytes = readFileSync(join(stolen, name));
    for (const canary of [
      'Canarysurname',
      'canary-1',
      'Canaryheartrate',
      'Sunita',
      '1980-02-03',
      'a@city.example',
      token,
    ]) {
      assert.equal(bytes.includes(canary), false, `${canary} in ${name}`);
    }
  }
});

test('damaged blocks stop the node with 4, the fault named; keys that others may read stop it with 2', async () => {
  const broken = file('broken');
  cpSync(data, broken, { recursive: true });
  const path = join(broken, 'blocks', readdirSync(join(broken, 'blocks'))[0] ?? '');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300);
  writeFileSync(path, bytes);
  cpSync(`${data}.keys`, `${broken}.keys`, { recursive: true });
  chmodSync(`${broken}.keys`, 0o700);
  const checked = await clearchartJson(['check-ledger', broken]);
  assert.equal(checked.code, 1);
  assert.match(checked.answer.faults[0].where, /^block 1,/);
  const started = await clearchart(['node', '--data', broken, '--port', '0']);
  assert.deepEqual([started.code, started.stdout], [4, '']);
  assert.match(started.stderr, /block/);
  chmodSync(`${broken}.keys`, 0o755);
  assert.equal((await clearchart(['node', '--data', broken, '--port', '0'])).code, 2);
});
