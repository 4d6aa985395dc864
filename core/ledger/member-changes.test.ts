import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, utf8 } from '@clearchart/crypto';
import {
  checkFinal,
  type FinalityProof,
  followMembers,
  genesisMembers,
  type Header,
  type MemberChange,
  type MemberSet,
  MEMBERS_KEY,
  proveState,
  StateOverlay,
  verifyFile,
  verifyReceipt,
} from './index.ts';
import { createTestChain, keyNamed, MemoryState, publicKeyOf, type TestHospital } from './test-chain.fixture.ts';
import { activation, admission, candidate } from './transactions/member-change.fixture.ts';
import { changeBy, checkpointOf, finalBy, headerAt, linkBetween, membersProof } from './votes.fixture.ts';

/** Block 2 decides to admit a candidate, block 4 brings it into force; seven in all. */
function changingNetwork(hospitals: 2 | 3) {
  const chain = createTestChain(hospitals);
  const [first] = chain.hospitals as [TestHospital];
  chain.mine([]);
  const anchored = chain.anchored(null);
  const anchor = chain.sign('anchor-records', { organization: chain.organization, records: [anchored] });
  const { header } = chain.mine([...chain.hospitals.map((one) => admission(chain, one)), anchor]);
  const stateProof = membersProof(chain, header);
  chain.mine([]);
  chain.mine([activation(chain, first)]);
  for (let height = 5; height <= 7; height += 1) chain.mine([]);
  const change = (voters: readonly TestHospital[], source = 2) =>
    changeBy(finalBy(chain, 2, voters, source), stateProof);
  const answerTo = (proof: FinalityProof, ...changes: readonly MemberChange[]) => {
    const answer = checkFinal(proof, chain.genesis, chain.chainId, changes, chain.verifier);
    return answer.ok ? 'final' : answer.reason;
  };
  return { chain, anchored, stateProof, change, answerTo, all: [...chain.hospitals, candidate] };
}

const three = changingNetwork(3);
const { chain, change, answerTo, all, stateProof } = three;
const [first, second] = chain.hospitals as [TestHospital, TestHospital];
/** Of the three that come to be four, more than two thirds, and too few of the three that are. */
const nextAlone = [first, second, candidate];

test('L48 the members are followed through a decision, to blocks of both sets and of the new one alone', () => {
  const decision = change(all);
  assert.equal(answerTo(finalBy(chain, 3, all), decision), 'final');
  assert.equal(answerTo(finalBy(chain, 4, all), decision), 'final');
  assert.equal(answerTo(finalBy(chain, 5, nextAlone), decision), 'final');
  assert.equal(answerTo(finalBy(chain, 3, all, 5), decision), 'final');
  assert.match(answerTo(finalBy(chain, 5, all)), /block-member-set-wrong/);
  assert.match(answerTo(finalBy(chain, 3, all)), /block-member-set-wrong/);
});

test('L48 what a block leaves behind is the set that votes above it', () => {
  const known = (height: number) => {
    const answer = checkFinal(finalBy(chain, height, all), chain.genesis, chain.chainId, [change(all)], chain.verifier);
    assert.ok(answer.ok);
    return answer.set;
  };
  const decided = stateProof.value as MemberSet;
  assert.deepEqual(known(2), decided);
  assert.deepEqual(known(4), decided, 'that it was activated shows in the next block only');
  assert.deepEqual(known(5), { members: decided.next?.members });
});

test('L49 once a decision is final the set to come is enough, and the old one alone never is', () => {
  for (const height of [3, 4]) assert.equal(answerTo(finalBy(chain, height, nextAlone), change(all)), 'final');
  const two = changingNetwork(2);
  const decision = two.change(two.all);
  for (const height of [3, 4, 5]) {
    assert.match(two.answerTo(finalBy(two.chain, height, two.chain.hospitals), decision), /two thirds/);
    assert.equal(two.answerTo(finalBy(two.chain, height, two.all), decision), 'final');
  }
});

test('L49 a decision that is not final yet needs both sets', () => {
  assert.equal(answerTo(finalBy(chain, 1, all, 3), change(all, 3)), 'final');
  assert.match(answerTo(finalBy(chain, 1, nextAlone, 3), change(nextAlone, 3)), /two thirds/);
  assert.match(answerTo(change(nextAlone), change(nextAlone)), /two thirds/);
  const two = changingNetwork(2);
  assert.match(
    two.answerTo(finalBy(two.chain, 1, two.chain.hospitals, 2), two.change(two.chain.hospitals)),
    /two thirds/,
  );
  assert.match(
    two.answerTo(finalBy(two.chain, 1, two.all, 3)),
    /block 3: block-member-set-wrong/,
    'without the change',
  );
});

test('L49 a decision that is not final yet is not in force', () => {
  assert.match(answerTo(finalBy(chain, 1, all, 5), change(all, 5)), /block 5: block-member-set-wrong/);
});

test('L48 the deciding block itself is proved with its own change', () => {
  assert.equal(answerTo(change(all), change(all)), 'final');
  assert.equal(verifyReceipt(receiptOf([change(all)]), chain.chainId, chain.verifier).ok, true);
  const bent = receiptOf([{ ...change(all), stateProof: { ...stateProof, value: genesisMembers(chain.genesis) } }]);
  assert.equal(verifyReceipt(bent, chain.chainId, chain.verifier).ok, false);
});

function receiptOf(memberChanges: readonly MemberChange[]) {
  const { header: _, ...proof } = finalBy(chain, 2, all, 3);
  return { ...chain.receipt(three.anchored, memberChanges), ...proof };
}

test('L51 a receipt carries the headers that lead to its votes', () => {
  const good = receiptOf([change(all)]);
  const verify = (receipt: object) => verifyReceipt(JSON.parse(JSON.stringify(receipt)), chain.chainId, chain.verifier);
  assert.equal(verify(good).ok, true);
  assert.equal(verify({ ...good, following: undefined }).ok, false);
  assert.equal(verify({ ...good, votes: [] }).ok, false);
  assert.equal(verify({ ...good, following: [...(good.following ?? []), headerAt(chain, 4)] }).ok, false);
});

test('L48 a change is what its block decided, and nothing else', () => {
  const value = stateProof.value as MemberSet & { next: object };
  const thief = { organization: candidate.organization, publicKey: 'ab'.repeat(32) };
  const good = change(all);
  for (const bent of [
    { ...good, stateProof: { ...stateProof, value: { ...value, next: { ...value.next, members: [thief] } } } },
    { ...good, stateProof: { ...stateProof, key: 'replay' } },
    { ...good, stateProof: null },
    { ...good, stateProof: { ...stateProof, value: { ...value, next: { ...value.next, members: value.members } } } },
    { ...good, header: headerAt(chain, 3) },
    { ...good, votes: [] },
    { ...good, votes: finalBy(chain, 3, all).votes },
    null,
  ]) {
    assert.notEqual(answerTo(finalBy(chain, 5, all), bent as never), 'final');
    assert.notEqual(answerTo(finalBy(chain, 5, all), bent as never, good), 'final');
    const isBentProof = bent !== null && bent.stateProof !== stateProof;
    if (isBentProof) assert.match(answerTo(finalBy(chain, 2, all), bent as never), /not proved|no member set/);
  }
});

test('L48 state proofs of blocks that decided nothing lead nowhere', () => {
  const other = createTestChain(3);
  const { header } = other.mine([]);
  other.mine([]);
  const idle = changeBy(finalBy(other, 1, other.hospitals), membersProof(other, header));
  const followed = followMembers(other.genesis, other.chainId, [idle], 2, other.verifier);
  assert.match(followed.ok ? '' : followed.reason, /decided on no other members/);
});

/** A state of a forger's making that says these are the members, and the proof of it. */
function forgedState(value: MemberSet, key = MEMBERS_KEY) {
  const state = new MemoryState();
  const overlay = new StateOverlay(state);
  overlay.write(key, value);
  state.apply(overlay.finish(chain.time));
  return {
    stateRoot: toHex(state.root) as Header['stateRoot'],
    stateProof: proveState(state, state.root, key, value),
  };
}

test('L49 a minority cannot decide itself into power within headers of its own making', () => {
  const { members } = genesisMembers(chain.genesis);
  const own = [{ organization: candidate.organization, publicKey: publicKeyOf(candidate.signer) }];
  const answerWith = (value: MemberSet, voters: readonly TestHospital[], key = MEMBERS_KEY) => {
    const { stateRoot, stateProof: proof } = forgedState(value, key);
    const header = { ...headerAt(chain, 2), stateRoot };
    const votes = [linkBetween(chain, checkpointOf(header), { height: 3, hash: 'ab'.repeat(32) }, voters)];
    return answerTo({ header, votes }, { header, votes, stateProof: proof });
  };
  assert.match(answerWith({ members: own, next: { members: own, decidedAt: 2 } }, [candidate]), /no other members/);
  assert.match(answerWith({ members, next: { members: own, decidedAt: 2 } }, [candidate]), /two thirds/);
  assert.match(answerWith({ members: own }, [candidate]), /no other members/);
  const next = { members: own, decidedAt: 2 };
  assert.equal(answerWith({ members, next }, [...chain.hospitals, candidate]), 'final', 'with both it is decided');
  const elsewhere = 'elsewhere' as typeof MEMBERS_KEY;
  assert.match(answerWith({ members, next }, [...chain.hospitals, candidate], elsewhere), /not proved/);
});

test('L49 after a final decision the old set decides on nobody else', () => {
  const { members } = genesisMembers(chain.genesis);
  const own = [{ organization: candidate.organization, publicKey: publicKeyOf(keyNamed('thief')) }];
  const { stateRoot, stateProof: proof } = forgedState({ members, next: { members: own, decidedAt: 3 } });
  const header = { ...headerAt(chain, 3), stateRoot };
  const thief = { organization: candidate.organization, signer: keyNamed('thief') };
  const votes = [
    linkBetween(chain, checkpointOf(header), { height: 4, hash: 'ab'.repeat(32) }, [...chain.hospitals, thief]),
  ];
  const again: MemberChange = { header, votes, stateProof: proof };
  assert.match(answerTo({ header, votes }, change(all), again), /decided on no other members/);
});

test('L49 a block that names neither the set in force nor the one to come is not final', () => {
  const header = { ...headerAt(chain, 5), memberSetHash: 'ab'.repeat(32) as Header['memberSetHash'] };
  const votes = [linkBetween(chain, checkpointOf(header), { height: 6, hash: 'cd'.repeat(32) }, all)];
  assert.match(answerTo({ header, votes }, change(all)), /block-member-set-wrong/);
});

test('L53 an export is proved with the changes up to each of its blocks', () => {
  const receipt = receiptOf([change(all)]);
  const { record, recordVersion, commitment, transactionId, inclusionProof, transaction, blockHeight } = receipt;
  const { header, votes, following } = receipt;
  const file = {
    version: 1,
    kind: 'clearchart-export',
    genesis: chain.genesis,
    memberChanges: [change(all)],
    blocks: [finalBy(chain, 1, all), { header, votes, following }, finalBy(chain, 5, all), finalBy(chain, 6, all)],
    anchors: [{ transactionId, transaction, blockHeight, inclusionProof }],
    versions: [{ record, recordVersion, commitment, transactionId, stateProof: receipt.stateProof }],
  };
  const verify = (value: object) => verifyFile(utf8(JSON.stringify(value)), chain.chainId, chain.verifier);
  const decision = checkpointOf(headerAt(chain, 2));
  assert.deepEqual(verify(file), { ok: true, chainId: chain.chainId, height: 2, versions: 1, decision });
  let asked = 0;
  const counting: typeof chain.verifier = {
    verify: (...given) => {
      asked += 1;
      return chain.verifier.verify(...given);
    },
  };
  assert.ok(verifyFile(utf8(JSON.stringify(file)), chain.chainId, counting).ok);
  const links = [...file.memberChanges, ...file.blocks].flatMap((one) => one.votes);
  const signatures = new Set(links.flatMap((one) => one.signatures.map(({ signature }) => signature)));
  assert.ok(asked <= signatures.size, `${asked} checks of ${signatures.size} signatures`);
  assert.equal(verify({ ...file, memberChanges: [] }).ok, false);
  assert.equal(verify({ ...file, blocks: [{ header, votes: [], following }] }).ok, false);
  assert.equal(verify({ ...file, blocks: [{ header, votes }] }).ok, false);
});

test('L48 changes come in order, and none that leads elsewhere', () => {
  const good = change(all);
  assert.match(answerTo(finalBy(chain, 5, all), good, good), /not in order/);
  assert.match(answerTo(finalBy(chain, 1, all), good), /does not lead/);
  assert.equal(answerTo(finalBy(chain, 1, all, 2), good), 'final');
});
