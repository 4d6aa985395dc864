import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFinalBlock, type FinalityProof, genesisMembers, type Header, headerHash } from './index.ts';
import { createTestChain, keyNamed, type TestHospital } from './test-chain.fixture.ts';
import { candidate } from './transactions/member-change.fixture.ts';
import { checkpointOf, finalBy, headerAt, linkBetween } from './votes.fixture.ts';

const chain = createTestChain(4);
for (let height = 1; height <= 6; height += 1) chain.mine([]);
const { chainId, genesis, verifier } = chain;
const [first, second, third, fourth] = chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital];
const enough = [first, second, third];
const set = genesisMembers(genesis);

function answerTo(proof: unknown, members = set): string {
  const answer = checkFinalBlock(proof, chainId, members, [], verifier);
  return answer.ok ? 'final' : answer.reason;
}

test('L49 L72 a block is final by the votes of more than two thirds that link it to its direct child', () => {
  assert.equal(answerTo(finalBy(chain, 3, enough)), 'final');
  assert.equal(answerTo(finalBy(chain, 3, [fourth, third, second, first])), 'final');
});

test('L49 L72 a block is final with a later one that builds on it', () => {
  assert.equal(answerTo(finalBy(chain, 2, enough, 5)), 'final');
  assert.equal(answerTo({ ...finalBy(chain, 5, enough), following: [] }), 'final');
});

test('L49 two thirds and less make nothing final', () => {
  assert.match(answerTo(finalBy(chain, 3, [first, second])), /more than two thirds/);
  assert.match(answerTo({ ...finalBy(chain, 3, enough), votes: [] }), /one link/);
  const three = createTestChain(3);
  for (let height = 1; height <= 2; height += 1) three.mine([]);
  const answer = (voters: readonly TestHospital[]) =>
    checkFinalBlock(finalBy(three, 1, voters), three.chainId, genesisMembers(three.genesis), [], verifier).ok;
  assert.equal(answer([first, second]), false);
  assert.equal(answer(enough), true);
});

test('L49 a vote of a stranger, a second one of the same member and a forged one do not count', () => {
  assert.match(answerTo(finalBy(chain, 3, [first, second, candidate])), /more than two thirds/);
  assert.match(answerTo(finalBy(chain, 3, [first, second, second])), /more than two thirds/);
  const forger = { organization: third.organization, signer: keyNamed('thief') };
  assert.match(answerTo(finalBy(chain, 3, [first, second, forger])), /more than two thirds/);
});

test('L49 votes on another block, or not to its direct child, prove nothing', () => {
  const at = (height: number) => checkpointOf(headerAt(chain, height));
  const proof = finalBy(chain, 3, enough);
  const linked = (source: number, target: number) => ({
    ...proof,
    votes: [linkBetween(chain, at(source), at(target), enough)],
  });
  assert.equal(answerTo(linked(3, 4)), 'final');
  assert.match(answerTo(linked(2, 3)), /not on block 3/);
  assert.match(answerTo(linked(2, 4)), /not on block 3/);
  assert.match(answerTo(linked(3, 5)), /direct child/);
  const other = { height: 3, hash: 'ab'.repeat(32) };
  const votes = [linkBetween(chain, other, at(4), enough)];
  assert.match(answerTo({ ...proof, votes }), /not on block 3/);
  const [link] = linked(3, 4).votes;
  assert.match(answerTo({ ...proof, votes: [{ ...link, target: at(5) }] }), /direct child/);
  assert.match(answerTo({ ...proof, votes: [{ ...link, target: { ...at(4), hash: other.hash } }] }), /two thirds/);
  assert.match(answerTo({ ...proof, votes: [link, link] }), /one link/);
});

test('L49 the headers between are one unbroken piece of this chain', () => {
  const proof = finalBy(chain, 2, enough, 5);
  const [a, b, c] = proof.following as [Header, Header, Header];
  const between = (...following: unknown[]) => answerTo({ ...proof, following });
  assert.equal(between(a, b, c), 'final');
  assert.match(between(a, c), /does not follow/);
  assert.match(between(b, c), /does not follow/);
  assert.match(between({ ...a, time: a.time + 1 }, b, c), /does not follow/);
  const gap = { ...a, height: 4 };
  const votes = [linkBetween(chain, checkpointOf(gap), { height: 5, hash: 'ab'.repeat(32) }, enough)];
  assert.match(answerTo({ ...proof, following: [gap], votes }), /block 4 does not follow/);
  assert.match(between({ ...a, chainId: 'ab'.repeat(32) }, b, c), /another chain/);
  assert.match(between(a, b), /not on block 4/);
  assert.match(between(null), /something else/);
  assert.match(answerTo({ ...proof, following: 'x' }), /not a list/);
  assert.match(answerTo({ ...proof, following: Array.from({ length: 10_001 }, () => a) }), /too many/);
});

test('L49 under another set than the one it names a block is not final', () => {
  const fewer = { members: set.members.slice(1) };
  assert.match(answerTo(finalBy(chain, 3, enough), fewer), /block-member-set-wrong/);
  const proof = finalBy(chain, 2, enough, 3);
  const strange = { ...headerAt(chain, 3), memberSetHash: 'ab'.repeat(32) as Header['memberSetHash'] };
  const source = checkpointOf(strange);
  const votes = [linkBetween(chain, source, { height: 4, hash: 'cd'.repeat(32) }, enough)];
  assert.match(answerTo({ ...proof, following: [strange], votes }), /block 3: block-member-set-wrong/);
});

test('L49 with several members a signature makes nothing final, and the work is not looked at', () => {
  const [header] = chain.blocks.map((block) => block.header);
  assert.match(answerTo({ header, votes: [] }), /one link/);
  const idle = { ...headerAt(chain, 3), target: '0'.repeat(64) as Header['target'] };
  const votes = [linkBetween(chain, checkpointOf(idle), { height: 4, hash: 'cd'.repeat(32) }, enough)];
  assert.equal(answerTo({ header: idle, votes }), 'final');
});

test('L49 with one member its signature and its work make a block final, and votes are refused', () => {
  const one = createTestChain();
  const { header } = one.mine([]);
  one.mine([]);
  const alone = genesisMembers(one.genesis);
  const answer = (proof: Partial<FinalityProof>) => {
    const given = checkFinalBlock({ header, votes: [], ...proof }, one.chainId, alone, [], verifier);
    return given.ok ? 'final' : given.reason;
  };
  assert.equal(answer({}), 'final');
  assert.match(answer({ votes: finalBy(one, 1, [first]).votes }), /signs alone/);
  assert.match(answer({ following: [headerAt(one, 2)] }), /signs alone/);
  assert.match(
    answer({ header: { ...header, target: 'f'.repeat(64) as Header['target'] } }),
    /block-signature-invalid/,
  );
  const nonces = Array.from({ length: 64 }, (_, nonce) => ({ ...header, nonce: nonce.toString(16).padStart(16, '0') }));
  const idle = nonces.filter((one) => headerHash(one) >= (one.target as string));
  assert.ok(idle.length > 0);
  for (const one of idle) assert.match(answer({ header: one }), /block-work-too-small/);
});

test('L54 whatever is given for a proof, the answer is no and not a fault', () => {
  const good = finalBy(chain, 3, enough);
  for (const bent of [
    null,
    'x',
    [],
    {},
    { ...good, header: null },
    { ...good, votes: null },
    { ...good, votes: [null] },
  ]) {
    assert.notEqual(answerTo(bent), 'final');
  }
});
