import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signer } from '@clearchart/crypto';
import {
  encodeCanonical,
  inReportOrder,
  isRejection,
  type Link,
  misbehaviourKey,
  parseTransaction,
  signTransaction,
  signVote,
  transactionId,
  type Vote,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, type TestHospital } from '../test-chain.fixture.ts';
import { candidate } from './member-change.fixture.ts';

const at = (height: number, digit: string) => ({ height, hash: digit.repeat(64) });
const link = (source: Link['source'], target: Link['target']): Link => ({ source, target });
const double = [link(at(1, '1'), at(5, 'a')), link(at(1, '1'), at(5, 'b'))] as const;
const surround = [link(at(1, '1'), at(7, 'a')), link(at(2, '2'), at(5, 'b'))] as const;

function network() {
  const chain = createTestChain(4);
  const [reporter, offender] = chain.hospitals as [TestHospital, TestHospital];
  const votesOf = ([one, other]: readonly [Link, Link], key: Signer = offender.signer, otherKey = key) =>
    inReportOrder(
      signVote(chain.chainId, offender.organization, one, key),
      signVote(chain.chainId, offender.organization, other, otherKey),
    );
  const report = ([first, second]: readonly [Vote, Vote], by = reporter) =>
    chain.signAs(by, 'report-misbehaviour', { organization: by.organization, first, second });
  return { chain, reporter, offender, votesOf, report };
}

test('L70 two votes for one height, or one around another, become a fact of the state', () => {
  const { chain, reporter, offender, votesOf, report } = network();
  const reports = [report(votesOf(double)), report(votesOf(surround))];
  chain.mine(reports);
  for (const [index, kind] of (['double-vote', 'surround-vote'] as const).entries()) {
    const value = chain.valueOf(misbehaviourKey(offender.organization, kind, 5));
    assert.deepEqual(value, {
      reportedBy: reporter.organization,
      transactionId: transactionId(reports[index] as never),
    });
  }
});

test('L70 one offence is reported once, in one order', () => {
  const { chain, reporter, votesOf, report } = network();
  const [first, second] = votesOf(double);
  assert.equal(chain.offer(report([second, first]))?.code, 'votes-not-sorted');
  const [inner, outer] = votesOf(surround);
  assert.equal(inner.target.height, 5);
  assert.equal(chain.offer(report([outer, inner]))?.code, 'votes-not-sorted');
  chain.mine([report([first, second])]);
  const third = chain.hospitals[2] as TestHospital;
  assert.equal(chain.offer(report([first, second], third))?.code, 'misbehaviour-reported');
  const others = votesOf([link(at(1, '1'), at(5, 'c')), link(at(1, '1'), at(5, 'd'))]);
  assert.equal(chain.offer(report(others, reporter))?.code, 'misbehaviour-reported', 'of this height');
});

test('L70 votes that do not conflict, or are of two members, are no offence', () => {
  const { chain, reporter, offender, votesOf, report } = network();
  const rising = votesOf([link(at(1, '1'), at(5, 'a')), link(at(5, 'a'), at(6, 'b'))]);
  assert.equal(chain.offer(report(rising))?.code, 'votes-not-conflicting');
  const same = votesOf([double[0], double[0]]);
  assert.equal(chain.offer(report(same))?.code, 'votes-not-conflicting');
  const two = inReportOrder(
    signVote(chain.chainId, offender.organization, double[0], offender.signer),
    signVote(chain.chainId, reporter.organization, double[1], reporter.signer),
  );
  assert.equal(chain.offer(report(two))?.code, 'votes-not-conflicting');
});

test('L70 both votes are of this chain and signed by a member', () => {
  const { chain, offender, votesOf, report } = network();
  assert.equal(chain.offer(report(votesOf(double)))?.code, undefined);
  for (const keys of [
    [keyNamed('thief'), offender.signer],
    [offender.signer, keyNamed('thief')],
  ] as const) {
    assert.equal(chain.offer(report(votesOf(double, ...keys)))?.code, 'signature-invalid');
  }
  const sign = (chainId: string, by: TestHospital) =>
    inReportOrder(
      signVote(chainId as never, by.organization, double[0], by.signer),
      signVote(chainId as never, by.organization, double[1], by.signer),
    );
  assert.equal(chain.offer(report(sign('ab'.repeat(32), offender)))?.code, 'chain-id-wrong');
  assert.equal(chain.offer(report(sign(chain.chainId, candidate)))?.code, 'organization-not-member');
});

test('L70 while a member’s key changes a vote with either one convicts it', () => {
  const { chain, offender, votesOf, report } = network();
  const next = keyNamed('next');
  const body = { organization: offender.organization, publicKey: publicKeyOf(next) };
  const before = report(votesOf(double, offender.signer, next));
  assert.equal(chain.offer(before)?.code, 'signature-invalid');
  chain.mine([
    signTransaction(chain.draft('rotate-organization-key', body), [
      { signer: offender.organization, role: 'organization', key: offender.signer },
      { signer: offender.organization, role: 'new-key', key: next },
    ]),
  ]);
  assert.equal(chain.offer(report(votesOf(double, offender.signer, next))), undefined);
});

test('L70 a vote whose target is not above its source is not read', () => {
  const { votesOf, report } = network();
  const good = report(votesOf(double));
  assert.ok(!isRejection(parseTransaction(encodeCanonical(good))));
  const bent = { ...good.body.first, target: { ...good.body.first.target, height: 1 } };
  const bytes = encodeCanonical({ ...good, body: { ...good.body, first: bent } });
  assert.ok(isRejection(parseTransaction(bytes)));
});
