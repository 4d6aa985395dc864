import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { parseChainId } from '@clearchart/ledger';
import { openConsensusStore, type SqliteConsensusStore } from './index.ts';
import { block, chainId, doubleVote, link, vote } from './votes.fixture.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'consensus-store-'));
  folders.push(folder);
  return join(folder, 'consensus.db');
}

const open = (path: string, isNewChain = false): SqliteConsensusStore =>
  openConsensusStore(path, chainId, { isNewChain });

/** Votes 1 to 3 on their blocks, the first final; closed. */
async function filled(): Promise<string> {
  const path = await newPath();
  const store = open(path, true);
  for (const height of [1, 2, 3]) store.saveVote(vote(height - 1, height), [block(height)], []);
  store.settle(1, [link(0, 1)]);
  store.addEvidence(doubleVote(9));
  store.close();
  return path;
}

/** Changes rows as a fault on the disk would, behind the store's back. */
function damage(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  assert.notEqual(database.prepare(statement).run().changes, 0, statement);
  database.close();
}

test('what was saved is there after a new start', async () => {
  const path = await filled();
  const store = open(path);
  assert.ok(store.knowsOwnVotes);
  assert.deepEqual(store.ownVotes(), [vote(1, 2), vote(2, 3)]);
  assert.deepEqual(
    store.tipBlocks().map(({ height, hash, bytes }) => ({ height, hash, bytes: new Uint8Array(bytes) })),
    [block(2), block(3)],
  );
  assert.deepEqual(store.linkFrom(0), link(0, 1));
  assert.deepEqual(store.evidence(), [doubleVote(9)]);
  store.saveVote(vote(3, 4), [], []);
  assert.deepEqual(store.ownVotes().at(-1), vote(3, 4));
  store.close();
});

/** SQLite's FULL: in write-ahead mode a commit returns when the log is synced. With NORMAL it is only written. */
const SYNCED_AT_EACH_COMMIT = 2;

test('a vote is synced before saveVote returns: the connection it goes through waits for the disk at each commit', async (t) => {
  const commits: unknown[] = [];
  const { exec } = DatabaseSync.prototype;
  t.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT') {
      const ask = (name: string) => this.prepare(`PRAGMA ${name}`).get()?.[name];
      commits.push({ synchronous: ask('synchronous'), mode: ask('journal_mode') });
    }
    exec.call(this, sql);
  });
  const store = open(await newPath(), true);
  const made = commits.splice(0);
  store.saveVote(vote(0, 1), [block(1)], []);
  assert.deepEqual(made, [{ synchronous: SYNCED_AT_EACH_COMMIT, mode: 'delete' }]);
  assert.deepEqual(commits, [{ synchronous: SYNCED_AT_EACH_COMMIT, mode: 'wal' }]);
  store.close();
});

test('a new file of a chain that has blocks does not know the own votes, until they are remembered', async () => {
  const path = await newPath();
  let store = open(path);
  assert.ok(!store.knowsOwnVotes);
  assert.throws(() => store.saveVote(vote(0, 1), [], []), /not known/);
  store.close();
  store = open(path, true);
  assert.ok(!store.knowsOwnVotes, 'a second opening makes nothing known');
  store.remember([vote(4, 6), vote(4, 5)]);
  assert.ok(store.knowsOwnVotes);
  store.close();
  store = open(path);
  assert.ok(store.knowsOwnVotes);
  assert.deepEqual(store.ownVotes(), [vote(4, 5), vote(4, 6)]);
  store.close();
});

test('own votes that are doubted are not known, also after a start, until the others have told them; none is forgotten', async () => {
  const path = await filled();
  let store = open(path);
  store.doubtOwnVotes();
  assert.ok(!store.knowsOwnVotes);
  assert.throws(() => store.saveVote(vote(3, 4), [], []), /not known/);
  store.close();
  store = open(path, true);
  assert.ok(!store.knowsOwnVotes);
  assert.deepEqual(store.ownVotes(), [vote(1, 2), vote(2, 3)]);
  store.remember([vote(3, 5)]);
  assert.ok(store.knowsOwnVotes);
  assert.deepEqual(store.ownVotes(), [vote(1, 2), vote(2, 3), vote(3, 5)]);
  store.close();
});

test('a new file beside what an older one has left does not know the own votes', async () => {
  const path = await newPath();
  await writeFile(`${path}-wal`, 'left');
  const store = open(path, true);
  assert.ok(!store.knowsOwnVotes);
  store.close();
});

test('a vote against an own one is not saved, and nothing of it', async () => {
  const path = await newPath();
  const store = open(path, true);
  store.saveVote(vote(1, 3), [block(3)], []);
  assert.throws(() => store.saveVote(vote(2, 3, 'other'), [block(3, 'other')], []), /conflicts/);
  assert.throws(() => store.saveVote(vote(0, 4), [block(4)], []), /conflicts/);
  assert.throws(
    () => store.saveVote({ ...vote(3, 4), chainId: parseChainId('00'.repeat(32)) }, [], []),
    /another chain/,
  );
  store.saveVote(vote(1, 3), [block(3)], []);
  assert.deepEqual(store.ownVotes(), [vote(1, 3)]);
  assert.equal(store.tipBlocks().length, 1);
  store.close();
});

test('to settle keeps the links and drops the blocks and votes up to the final one, but never the newest vote', async () => {
  const path = await newPath();
  const store = open(path, true);
  for (const height of [1, 2, 3]) store.saveVote(vote(height - 1, height), [block(height), block(height, 'other')], []);
  store.settle(2, [link(0, 1), link(1, 2)]);
  assert.deepEqual(store.ownVotes(), [vote(2, 3)]);
  assert.deepEqual(
    store.tipBlocks().map(({ height }) => height),
    [3, 3],
  );
  store.settle(5, [link(2, 3), link(3, 5)]);
  assert.deepEqual(store.ownVotes(), [vote(2, 3)]);
  assert.deepEqual([...store.links()], [link(0, 1), link(1, 2), link(2, 3), link(3, 5)]);
  store.close();
});

test('the link of a height is the one with the lowest source from there on, to the nearest target', async () => {
  const path = await newPath();
  const store = open(path, true);
  store.settle(9, [link(7, 9), link(3, 6), link(3, 4), link(8, 9)]);
  assert.deepEqual(store.linkFrom(0), link(3, 4));
  assert.deepEqual(store.linkFrom(3), link(3, 4));
  assert.deepEqual(store.linkFrom(4), link(7, 9));
  assert.equal(store.linkFrom(9), undefined);
  store.close();
});

test('links beyond one page of them are all told', async () => {
  const path = await newPath();
  const store = open(path, true);
  const links = Array.from({ length: 250 }, (_, height) => link(height, height + 1));
  store.settle(250, links);
  assert.deepEqual([...store.links()], links);
  store.close();
});

test('a thousand pieces of evidence are kept, the oldest; a further one costs the disk nothing', async () => {
  const path = await newPath();
  let store = open(path, true);
  for (let height = 1; height <= 1_000; height += 1) store.addEvidence(doubleVote(height));
  for (let start = 0; start < 2; start += 1) {
    const written = (await stat(`${path}-wal`)).size;
    for (let height = 1_001; height <= 1_010; height += 1) store.addEvidence(doubleVote(height));
    assert.equal((await stat(`${path}-wal`)).size, written);
    const kept = store.evidence();
    assert.equal(kept.length, 1_000);
    assert.deepEqual(kept[0], doubleVote(1));
    store.close();
    store = open(path);
  }
  store.close();
});

test('after damage to an own vote the own votes are not known', async () => {
  const source = await filled();
  for (const statement of [
    'UPDATE own_votes SET vote = CAST(replace(CAST(vote AS TEXT), \'"height":3\', \'"height":4\') AS BLOB) WHERE target = 3',
    'UPDATE own_votes SET target = 4 WHERE target = 3',
    'UPDATE own_votes SET target = 9223372036854775807 WHERE target = 3',
    'UPDATE own_votes SET checksum = zeroblob(32) WHERE target = 3',
    'DELETE FROM own_votes WHERE target = 3',
    "UPDATE meta SET value = replace(value, substr(value, 5, 1), '') WHERE name = 'own_votes_seal'",
    "DELETE FROM meta WHERE name = 'own_votes_seal'",
  ]) {
    const path = await newPath();
    await copyFile(source, path);
    damage(path, statement);
    let store = open(path, true);
    assert.ok(!store.knowsOwnVotes, statement);
    assert.throws(() => store.saveVote(vote(3, 4), [], []), /not known/);
    store.remember([vote(2, 3)]);
    store.close();
    store = open(path);
    assert.ok(store.knowsOwnVotes, statement);
    assert.deepEqual(store.ownVotes(), [vote(1, 2), vote(2, 3)]);
    store.close();
  }
});

test('a damaged block, link or piece of evidence is as if it were not there, and may come again', async () => {
  const path = await filled();
  damage(path, 'UPDATE tip_blocks SET bytes = zeroblob(length(bytes)) WHERE height = 2');
  damage(path, 'UPDATE tip_blocks SET height = 9223372036854775807 WHERE height = 3');
  damage(path, 'UPDATE links SET source = 9007199254740993');
  damage(path, 'UPDATE evidence SET evidence = zeroblob(length(evidence))');
  const store = open(path);
  assert.ok(store.knowsOwnVotes);
  assert.deepEqual(store.tipBlocks(), []);
  assert.deepEqual([store.linkFrom(0), [...store.links()], store.evidence()], [undefined, [], []]);
  store.saveVote(vote(3, 4), [block(2)], []);
  store.settle(1, [link(0, 1)]);
  assert.deepEqual(
    store.tipBlocks().map(({ height }) => height),
    [2],
  );
  assert.deepEqual(store.linkFrom(0), link(0, 1));
  store.addEvidence(doubleVote(9));
  assert.deepEqual(store.evidence(), [doubleVote(9)]);
  store.close();
});

test('whatever byte of the file is flipped, or wherever it is cut, no other own votes are ever taken for all there are', async () => {
  const source = await filled();
  const whole = await readFile(source);
  const expected = [vote(1, 2), vote(2, 3)];
  const path = await newPath();
  const outcomes = { refused: 0, notKnown: 0, whole: 0 };
  const look = async (bytes: Uint8Array, where: string): Promise<void> => {
    await Promise.all(['', '-wal', '-shm'].map((end) => rm(path + end, { force: true })));
    await writeFile(path, bytes);
    let store: SqliteConsensusStore;
    try {
      store = open(path, true);
    } catch {
      outcomes.refused += 1;
      return;
    }
    if (store.knowsOwnVotes) assert.deepEqual(store.ownVotes(), expected, where);
    outcomes[store.knowsOwnVotes ? 'whole' : 'notKnown'] += 1;
    store.close();
  };
  const used = [...whole.keys()].filter((at) => at < 100 || whole[at] !== 0);
  for (const at of used.filter((_, index) => index % 23 === 0)) {
    const bytes = Uint8Array.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await look(bytes, `byte ${at}`);
  }
  for (let length = 0; length < whole.length; length += 1_001) await look(whole.subarray(0, length), `${length} bytes`);
  assert.ok(outcomes.refused > 0 && outcomes.notKnown > 0 && outcomes.whole > 0, JSON.stringify(outcomes));
});

test('a file of another chain, of another schema, or that is no database, is refused', async () => {
  const path = await filled();
  const other = parseChainId('00'.repeat(32));
  assert.throws(() => openConsensusStore(path, other, { isNewChain: true }), /another chain/);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 2');
  database.close();
  assert.throws(() => open(path, true), /schema is 2/);
  await writeFile(path, 'no database');
  assert.throws(() => open(path, true), /cannot be used/);
  await writeFile(path, '');
  assert.throws(() => open(path, true), /schema is 0/);
});
