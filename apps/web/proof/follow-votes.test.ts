import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerHash, transactionId } from '@clearchart/ledger';
import { browserVerifier } from './browser-verifier.ts';
import { type ChainMemory, storedMemory } from './chain-memory.ts';
import { checkBlock } from './check-block.ts';
import { type ChainSource, followChain } from './follow-chain.ts';
import { createTestChain, newcomer, type TestChain, type TestHospital } from './test-chain.fixture.ts';
import { admitNewcomer, headerAt, linkFrom, type Served, votedSource } from './test-votes.fixture.ts';

function freshMemory(): ChainMemory {
  const values = new Map<string, string>();
  return storedMemory(() => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  }));
}

const follow = (source: ChainSource, memory = freshMemory()) =>
  followChain({ source, memory, verifier: browserVerifier });

function grown(blocks: number, founders = 4): TestChain {
  const chain = createTestChain(founders);
  for (let block = 0; block < blocks; block += 1) chain.enrol();
  return chain;
}

const idsOf = (hospitals: readonly TestHospital[]) => hospitals.map(({ organization }) => organization);

test('L49 a chain of four hospitals is followed by the votes of more than two thirds, and who voted is known', async () => {
  const chain = grown(5);
  const voters = chain.hospitals.slice(1);
  const followed = await follow(votedSource(chain, { voters }));
  assert.ok(followed.ok);
  assert.equal(followed.chain.head.height, 4);
  assert.deepEqual(followed.chain.voters?.voted, idsOf(voters));
  assert.deepEqual(followed.chain.voters?.members.toSorted(), idsOf(chain.hospitals).toSorted());
});

test('L49 a header with too few votes is refused: two of four, one that counts twice, a stranger’s, none', async () => {
  const chain = grown(3);
  const [first, second] = chain.hospitals as [TestHospital, TestHospital];
  const thief = { ...(chain.hospitals[2] as TestHospital), signer: newcomer.signer };
  for (const voters of [
    [first, second],
    [first, second, second],
    [first, second, newcomer],
    [first, second, thief],
  ])
    assert.deepEqual(await follow(votedSource(chain, { voters })), { ok: false, reason: 'too-few-votes' });
  const source = votedSource(chain);
  for (const votes of [[], ['nothing'], [linkFrom(chain, 1, chain.hospitals)]]) {
    const silent = { ...source, headers: async () => ({ ...(await source.headers(1, 9)), votes }) };
    assert.deepEqual(await follow(silent), { ok: false, reason: 'too-few-votes' });
  }
});

test('L49 a header that was changed under the votes is refused, whatever its work', async () => {
  const chain = grown(3);
  const source = votedSource(chain);
  const bent: ChainSource = {
    ...source,
    headers: async () => {
      const told = await source.headers(1, 9);
      const headers = told.headers.map((one) => (one.height === 2 ? { ...one, stateRoot: 'ab'.repeat(32) } : one));
      return { ...told, headers };
    },
  };
  assert.deepEqual(await follow(bent), { ok: false, reason: 'too-few-votes' });
});

test('L50 votes of all hospitals on another history do not make the browser leave the one it kept', async () => {
  const memory = freshMemory();
  assert.ok((await follow(votedSource(grown(4)), memory)).ok);
  const other = createTestChain(4);
  other.pseudonym();
  for (let block = 0; block < 6; block += 1) other.enrol();
  assert.deepEqual(await follow(votedSource(other), memory), { ok: false, reason: 'does-not-extend' });
  assert.deepEqual(await follow(votedSource(grown(4), { height: 2 }), memory), {
    ok: false,
    reason: 'shorter-history',
  });
  const longer = await follow(votedSource(grown(6)), memory);
  assert.ok(longer.ok && longer.chain.startedFrom === 3 && longer.chain.head.height === 5);
});

/** Block 2 of a chain of three admits a fourth; block 4 brings it into force. */
function joined() {
  const chain = grown(1, 3);
  const change = admitNewcomer(chain, chain.hospitals);
  chain.mine([chain.sign('activate-members', { organization: chain.organization })]);
  for (let block = 0; block < 3; block += 1) chain.enrol();
  const all = [...chain.hospitals, newcomer];
  return { chain, change, all };
}

test('L48 a hospital that was admitted by votes is followed, and its vote counts from then on', async () => {
  const { chain, change, all } = joined();
  const memory = freshMemory();
  const followed = await follow(votedSource(chain, { voters: all, changes: [change] }), memory);
  assert.ok(followed.ok);
  assert.deepEqual(followed.chain.voters?.members.toSorted(), idsOf(all).toSorted());
  const { height } = change.header;
  const decision = { height, hash: headerHash(change.header) };
  assert.deepEqual(memory.kept(chain.chainId)?.decision, decision, 'L83 it is kept for telling others');
  const three = await follow(votedSource(chain, { voters: all.slice(1), changes: [change] }));
  assert.ok(three.ok, 'the newcomer’s is one of more than two thirds');
});

test('L48 a browser that kept a header from before the change follows on, alone from there', async () => {
  const { chain, change, all } = joined();
  const memory = freshMemory();
  assert.ok((await follow(votedSource(chain, { height: 1 }), memory)).ok);
  const followed = await follow(votedSource(chain, { voters: all, changes: [change] }), memory);
  assert.ok(followed.ok && followed.chain.startedFrom === 1);
  assert.equal(followed.chain.head.decision?.height, change.header.height);
});

test('L48 a member set that the browser was not led to is refused', async () => {
  const { chain, change, all } = joined();
  const refused = async (served: Served) => {
    const followed = await follow(votedSource(chain, served));
    return followed.ok ? 'followed' : followed.reason;
  };
  assert.equal(await refused({ voters: all, changes: [] }), 'wrong-members');
  const [first] = chain.hospitals as [TestHospital];
  const minority = { ...change, votes: [linkFrom(chain, change.header.height, [first, newcomer])] };
  assert.equal(await refused({ voters: all, changes: [minority] }), 'wrong-members');
  const { stateProof } = change;
  const forged = { members: [{ organization: newcomer.organization, publicKey: 'ab'.repeat(32) }] };
  const lie = { ...change, stateProof: { ...stateProof, value: forged } };
  assert.equal(await refused({ voters: all, changes: [lie] }), 'wrong-members');
  assert.equal(await refused({ voters: [first, newcomer], changes: [change] }), 'too-few-votes');
});

test('L48 one hospital that admits a second is followed from its signature to both their votes', async () => {
  const chain = grown(1, 1);
  const change = admitNewcomer(chain, chain.hospitals);
  chain.mine([chain.sign('activate-members', { organization: chain.organization })]);
  chain.enrol();
  const both = [...chain.hospitals, newcomer];
  const followed = await follow(votedSource(chain, { voters: both, changes: [change] }));
  assert.ok(followed.ok);
  assert.deepEqual(followed.chain.voters?.voted.toSorted(), idsOf(both).toSorted());
  const one = await follow(votedSource(chain, { voters: chain.hospitals, changes: [change] }));
  assert.deepEqual(one, { ok: false, reason: 'too-few-votes' });
});

test('a block shown is final by votes that the reader’s browser counted, and by no others', async () => {
  const { chain, change, all } = joined();
  const source = votedSource(chain, { voters: all, changes: [change] });
  const block = chain.blocks[4];
  assert.ok(block);
  const served = { hash: headerHash(block.header) as string, ids: block.transactions.map(transactionId), block };
  const check = (voters: readonly TestHospital[]) =>
    checkBlock(served, {
      verifier: browserVerifier,
      follow: () => follow(source),
      headers: async () => [],
      finality: async (height) => ({ votes: [linkFrom(chain, height, voters)] }),
      onStep: () => undefined,
    });
  const { steps, voters } = await check(all.slice(0, 3));
  assert.deepEqual(
    steps.map(({ name, state }) => `${name} ${state}`),
    ['fingerprint done', 'entries done', 'votes done', 'walk done'],
  );
  assert.deepEqual(voters?.voted, idsOf(all.slice(0, 3)));
  assert.equal((await check(all.slice(0, 2))).steps[2]?.reason, 'too-few-votes');
});

test('the votes on an older block may stand on one that builds upon it', async () => {
  const chain = grown(5);
  const source = votedSource(chain);
  const shown = async () => ({
    headers: [headerAt(chain, 1)],
    height: 1,
    votes: [linkFrom(chain, 3, chain.hospitals)],
    following: [headerAt(chain, 2), headerAt(chain, 3)],
  });
  const followed = await follow({ ...source, headers: shown });
  assert.ok(followed.ok);
  assert.equal(followed.chain.voters?.voted.length, 4);
  const gap = async () => ({ ...(await shown()), following: [headerAt(chain, 3)] });
  assert.deepEqual(await follow({ ...source, headers: gap }), { ok: false, reason: 'too-few-votes' });
});
