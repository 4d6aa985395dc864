import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StateOverlay, type Transaction, signTransaction } from '@clearchart/ledger';
import { DraftQueue } from './draft-queue.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { keyChangesOf } from './persons.fixture.ts';
import { UNKNOWN_SENDER, senderOf } from './sender.ts';
import { admit, waitingOf } from './waiting.fixture.ts';

const PERSONS = 150;

test('what a person signs alone takes the turns of its home organization, so its persons crowd out nobody', async () => {
  const made = new MadeChain(PERSONS);
  const changes = await keyChangesOf(made, 1, PERSONS);
  const { head } = made.chain.tree;
  const base = made.chain.tree.stateAfter(head.hash);
  const drafts = new DraftQueue({
    genesis: made.network.genesis,
    head,
    base,
    finalHeight: () => 0,
    clock: { now: Date.now, after: () => () => undefined },
    checkSignature: () => true,
    onDropped: (_id, { code }) => assert.fail(code),
  });
  const single = waitingOf(made.network.enrolment(2));
  const ofPersons = changes.map(waitingOf);
  for (const one of ofPersons) admit(drafts, one);
  assert.deepEqual(new Set(ofPersons.map(({ sender }) => sender)), new Set([made.network.member(1).organization]));
  drafts.rebuild(head, base, [...ofPersons, single]);
  assert.deepEqual(drafts.first?.waiting.slice(0, 2), [ofPersons[0], single]);
});

test('whoever is not on the ledger has no turns of its own', () => {
  const made = new MadeChain();
  const base = new StateOverlay(made.chain.tree.stateAfter(made.genesisPlace.hash));
  const { signer } = made.network.member(1);
  const signedBy = (name: string, role: 'organization' | 'person'): Transaction =>
    signTransaction(made.draft('veto-key-replacement', { pseudonym: name } as never), [
      { signer: name as never, role, key: signer },
    ]);
  const [first, second] = ['a', 'b'].map((digit) => digit.repeat(32)) as [string, string];
  for (const role of ['organization', 'person'] as const)
    for (const name of [first, second]) assert.equal(senderOf(signedBy(name, role), base), UNKNOWN_SENDER);
  assert.equal(senderOf(made.network.enrolment(1), base), made.network.member(1).organization);
});
