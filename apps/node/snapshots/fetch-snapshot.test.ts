/**
 * Fetching a state from members that lie, know too little, or go away. The broken variants these catch: a header that is believed, a part
 * or an id taken because somebody gave it, a liar that is asked again, a fetch that begins anew though most of it is here, a state given
 * that changes while it is read.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { utf8 } from '@clearchart/crypto';
import {
  type Block,
  type Checkpoint,
  encodeStatePart,
  encodeUsedIds,
  type Header,
  headerHash,
  type OrganizationId,
  parseSnapshotQuestion,
  parseStatePart,
  parseUsedIds,
  type SnapshotQuestion,
  type StatePart,
  transactionId,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { openStateRows, type StateRows } from '@clearchart/state-store';
import { fetchSnapshot, type FetchPorts } from './fetch-snapshot.ts';
import type { SnapshotGiver } from './give-snapshots.ts';
import { genesis, TestLedger } from './giving.fixture.ts';

let ledger: TestLedger;
let shared: SnapshotGiver;
let files = 0;
before(() => {
  ledger = new TestLedger();
  for (let block = 0; block < 4; block += 1) ledger.mine(900);
  shared = ledger.giver('shared');
});
after(() => ledger.close());

type Ask = (question: Uint8Array) => Promise<Uint8Array>;
interface Member {
  readonly ask: Ask;
  readonly fetch: (place: Checkpoint) => readonly Block[];
}

/** One that gives what the ledger holds, or what `change` makes of each answer. */
function member(
  change: (question: SnapshotQuestion, answer: Uint8Array) => Uint8Array = (_, answer) => answer,
  giver = shared,
): Member {
  const ask: Ask = async (question) => {
    const answer = await giver.answer('11'.repeat(16) as OrganizationId, question);
    return change(parseSnapshotQuestion(question) as SnapshotQuestion, answer ?? utf8('null'));
  };
  return { ask, fetch: (place) => ledger.after(place) };
}

const newRows = (): StateRows => openStateRows(join(ledger.folder, `rows-${(files += 1)}.db`), 'scratch');

function portsFor(members: readonly Member[], rows: StateRows, more: Partial<FetchPorts> = {}) {
  const notes: string[] = [];
  const ports: FetchPorts = {
    genesis,
    verifier: nodeVerifier,
    peers: () => members.map((_, index) => String(index) as OrganizationId),
    nameOf: (one) => `Hospital ${one}`,
    ask: (peer, question) => (members[Number(peer)] as Member).ask(question),
    fetch: async (peer, place) => (members[Number(peer)] as Member).fetch(place),
    rows,
    known: undefined,
    own: { height: 0, transactionCount: 0 },
    least: 1,
    ...ledger.time,
    onNote: (words) => void notes.push(words),
    ...more,
  };
  return { ports, notes };
}

/** That what was fetched is the state of the newest block, and nothing else. */
function assertWhole(rows: StateRows, snapshot: Awaited<ReturnType<typeof fetchSnapshot>>): void {
  const last = ledger.blocks.at(-1) as Block;
  assert.ok(snapshot);
  assert.equal(headerHash(snapshot.block.header), headerHash(last.header));
  assert.deepEqual(
    snapshot?.usedIds,
    ledger.blocks.flatMap(({ transactions }) => transactions.map(transactionId)),
  );
  const fetched = [...rows.all()].map(({ key, value }) => `${key} ${Buffer.from(value).toString()}`).sort();
  const held = [...ledger.state.entries()].map(({ key, value }) => `${key} ${Buffer.from(value).toString()}`).sort();
  assert.ok(fetched.length > 7_000);
  assert.deepEqual(fetched, held);
}

test('J1 J2 J4 J5 a member that is honest gives the whole state, in parts of a bounded size', async () => {
  const rows = newRows();
  let longest = 0;
  let parts = 0;
  const giving = member((question, answer) => {
    longest = Math.max(longest, answer.length);
    parts += Number(question.kind === 'state-part');
    return answer;
  });
  const { ports, notes } = portsFor([giving], rows);
  assertWhole(rows, await fetchSnapshot(ports));
  assert.ok(parts > 8, `${parts} parts`);
  assert.ok(longest < 1.3 * 256 * 1024, `${longest} bytes`);
  assert.deepEqual(notes, []);
  rows.close();
});

const lieAbout = (kind: SnapshotQuestion['kind'], lie: (answer: Uint8Array) => Uint8Array): Member =>
  member((question, answer) => (question.kind === kind ? lie(answer) : answer));
const lieInRows = (lie: (rows: Extract<StatePart, { rows: unknown }>['rows']) => typeof rows): Member =>
  lieAbout('state-part', (answer) => {
    const part = parseStatePart(answer);
    return part === undefined || 'left' in part ? answer : encodeStatePart({ rows: lie(part.rows) });
  });
const lieInHeader = (change: Partial<Header>): Member =>
  lieAbout('snapshot', (answer) => {
    if (answer.length < 16) return answer;
    const offer = JSON.parse(Buffer.from(answer).toString());
    return utf8(JSON.stringify({ ...offer, final: { ...offer.final, header: { ...offer.final.header, ...change } } }));
  });

const LIARS: Readonly<Record<string, () => Member>> = {
  'another state root': () => lieInHeader({ stateRoot: 'a'.repeat(64) as never }),
  'a header of another chain': () => lieInHeader({ chainId: 'a'.repeat(64) as never }),
  'a higher block that nobody signed': () => lieInHeader({ height: 1_000 }),
  'an entry too few': () => lieInRows((given) => given.slice(1)),
  'an entry too many': () => lieInRows((given) => [...given, { key: 'person/none', value: utf8('1') }]),
  'an entry twice': () => lieInRows((given) => [...given.slice(0, 1), ...given]),
  'a changed value': () => lieInRows(([first, ...others]) => [{ key: first!.key, value: utf8('1') }, ...others]),
  'another order': () => lieInRows((given) => given.toReversed()),
  'no entries': () => lieInRows(() => []),
  'a division that is none': () =>
    lieAbout('state-part', () => encodeStatePart({ left: new Uint8Array(32), right: new Uint8Array(32).fill(1) })),
  'another used id': () =>
    lieAbout('used-ids', (answer) => {
      const [, ...ids] = parseUsedIds(answer) ?? [];
      return encodeUsedIds(['ab'.repeat(32) as never, ...ids]);
    }),
  'used ids in another order': () =>
    lieAbout('used-ids', (answer) => encodeUsedIds((parseUsedIds(answer) ?? []).toReversed())),
  'a used id too many': () =>
    lieAbout('used-ids', (answer) => encodeUsedIds([...(parseUsedIds(answer) ?? []), 'ab'.repeat(32) as never])),
  'another block': () => ({ ...member(), fetch: () => ledger.blocks.slice(0, 1) }),
  'the block with other transactions': () => ({
    ...member(),
    fetch: () => [{ header: (ledger.blocks.at(-1) as Block).header, transactions: [] }],
  }),
};

for (const [words, liar] of Object.entries(LIARS)) {
  test(`J3 J4 J5 ${words}: it is refused, who gave it is named, and another gives what is so`, async () => {
    const fetched = newRows();
    const { ports, notes } = portsFor([liar(), member()], fetched);
    assertWhole(fetched, await fetchSnapshot(ports));
    assert.equal(notes.filter((note) => note.includes('Hospital 0')).length, 1, notes.join('\n'));
    assert.ok(!notes.some((note) => note.includes('Hospital 1')));
    fetched.close();
  });

  test(`J3 J4 J5 ${words}, and nobody else to ask: nothing is taken`, async () => {
    const fetched = newRows();
    const { ports, notes } = portsFor([liar()], fetched);
    assert.ok((await fetchSnapshot(ports)) === undefined);
    assert.equal(notes.length, 1);
    fetched.close();
  });
}

const SILENT: Readonly<Record<string, () => Member>> = {
  'gives nothing': () => member(() => utf8('null')),
  'says later, for ever': () => member(() => utf8('"soon"')),
  'gives no JSON': () => member(() => Uint8Array.of(0xff, 0)),
  'gives used ids for ever none': () => lieAbout('used-ids', () => encodeUsedIds([])),
  'cannot be reached': () => ({ ask: () => Promise.reject(new Error('no answer')), fetch: () => [] }),
  'goes away in the middle': () => {
    let answers = 0;
    const giving = member();
    return {
      ...giving,
      ask: (question) => ((answers += 1) > 6 ? Promise.reject(new Error('gone')) : giving.ask(question)),
    };
  },
};

for (const [words, silent] of Object.entries(SILENT)) {
  test(`a member that ${words} holds nobody up: another gives the rest, and without one it is given up`, async () => {
    const fetched = newRows();
    assertWhole(fetched, await fetchSnapshot(portsFor([silent(), member()], fetched).ports));
    fetched.close();
    const alone = newRows();
    assert.ok((await fetchSnapshot(portsFor([silent()], alone).ports)) === undefined);
    alone.close();
  });
}

test('a member that lets everybody wait for each answer is waited for once, not for each part', async () => {
  const fetched = newRows();
  let waited = 0;
  const slow: Member = {
    fetch: () => [],
    async ask() {
      waited += 1;
      await new Promise<void>((resolve) => ledger.time.timers.after(15_000, resolve));
      throw new Error('no answer in time');
    },
  };
  assertWhole(fetched, await fetchSnapshot(portsFor([slow, member()], fetched).ports));
  // For what there is to give, and for the first part.
  assert.ok(waited <= 3, `${waited} questions`);
  fetched.close();
});

test('what is here is not asked for again: not after an end in the middle, nor when the state is a later one by then', async () => {
  const fetched = newRows();
  let asked = 0;
  const counting = (most: number): Member => {
    const giving = member(
      (question, answer) => {
        asked += Number(
          question.kind === 'state-part' && parseStatePart(answer) !== undefined && answer.length > 1_000,
        );
        return answer;
      },
      ledger.giver(`counting-${(files += 1)}`),
    );
    return { ...giving, ask: (question) => (asked >= most ? Promise.reject(new Error('gone')) : giving.ask(question)) };
  };
  assert.ok((await fetchSnapshot(portsFor([counting(2)], fetched).ports)) === undefined);
  assert.equal(asked, 2);
  assertWhole(fetched, await fetchSnapshot(portsFor([counting(Number.MAX_SAFE_INTEGER)], fetched).ports));
  const all = asked;
  ledger.mine(1);
  assertWhole(fetched, await fetchSnapshot(portsFor([counting(Number.MAX_SAFE_INTEGER)], fetched).ports));
  assert.ok(all >= 8 && asked > all && asked - all < all, `${all} parts, then ${asked - all}`);
  fetched.close();
});

test('J3 what is here and is not in the state is taken away', async () => {
  const fetched = newRows();
  fetched.add(Array.from({ length: 50 }, (_, index) => ({ key: `person/stale ${index}`, value: utf8('1') })));
  assertWhole(fetched, await fetchSnapshot(portsFor([member(undefined, ledger.giver('stale'))], fetched).ports));
  fetched.close();
});

test('a state that changes while it is given is given as it was', async () => {
  const fetched = newRows();
  const height = ledger.blocks.length;
  let parts = 0;
  const giving = member((question, answer) => {
    if (question.kind === 'state-part' && (parts += 1) % 3 === 0) ledger.mine(5);
    return answer;
  }, ledger.giver('changing'));
  const expected = [...ledger.state.entries()].map(({ key }) => key).sort();
  const due = headerHash((ledger.blocks.at(-1) as Block).header);
  const snapshot = await fetchSnapshot(portsFor([giving], fetched).ports);
  assert.ok(ledger.blocks.length > height + 1);
  assert.ok(snapshot && headerHash(snapshot.block.header) === due);
  assert.deepEqual([...fetched.all()].map(({ key }) => key).sort(), expected);
  fetched.close();
});

test('L83 a history that is not shown to hold the block that was told is refused', async () => {
  const fetched = newRows();
  const { header } = ledger.blocks[1] as Block;
  const known = { height: 2, hash: headerHash(header) };
  const { ports, notes } = portsFor([member()], fetched, { known });
  assert.ok((await fetchSnapshot(ports)) === undefined);
  assert.match(notes.join(), /known block 2/);
  fetched.close();
});

test('a state that is hardly ahead of what is here is not fetched', async () => {
  const fetched = newRows();
  const giver = ledger.giver('hardly');
  const transactions = ledger.state.transactionCount;
  const height = ledger.blocks.length;
  const wanted = async (more: Partial<FetchPorts>): Promise<boolean> =>
    (await fetchSnapshot(portsFor([member(undefined, giver)], fetched, more).ports)) !== undefined;
  assert.equal(await wanted({ least: transactions + 1 }), false);
  assert.equal(await wanted({ least: 1, own: { height, transactionCount: 0 } }), false);
  assert.equal(await wanted({ least: 3, own: { height: height - 2, transactionCount: transactions - 2 } }), false);
  assert.equal(await wanted({ least: transactions }), true);
  const belittling = lieAbout('snapshot', (answer) =>
    answer.length < 16
      ? answer
      : utf8(JSON.stringify({ ...JSON.parse(Buffer.from(answer).toString()), transactions: 0 })),
  );
  const { ports } = portsFor([belittling, member(undefined, giver)], fetched, { least: transactions });
  assert.ok((await fetchSnapshot(ports)) !== undefined, 'one that says it is not worth while keeps nobody from it');
  fetched.close();
});
