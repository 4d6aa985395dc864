/** A person who lost everything, on a real node and a test clock: seven days, a veto, and nobody who becomes them unseen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeNewKey, provePassword, readSession, recover, signIn, vetoNewKey } from '@clearchart/web';
import { DAY_MS, DESK, deskOf, NEW, OLD, refused } from './lost-account.fixture.ts';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
let desk: ReturnType<typeof deskOf>;
before(async () => {
  host = await startTestNode();
  desk = deskOf(host);
  await desk.admit('asha', 'bilal', 'chitra', 'deepa', 'esha', 'farah');
});
after(() => host.close());

test('A32 a new key by the desk takes effect after seven days, with its own password and words, and ends the old ones', async () => {
  const asha = await desk.claimed('asha');
  const made = await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(asha), NEW);
  const waiting = (await asha.browser.connection.requestJson('/api/account/new-key')) as {
    waiting: { askedBy: string; effectiveAt: number } | null;
  };
  assert.equal(waiting.waiting?.askedBy, 'Farida Shaikh');
  assert.ok(Math.abs((waiting.waiting?.effectiveAt ?? 0) - made.effectiveAt) < 60_000);
  host.advance(7 * DAY_MS - 60_000);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), asha.email, NEW), refused('sign-in-failed'));
  await signIn(asha.browser, asha.email, OLD);
  host.advance(2 * 60_000);
  const fresh = browserAt(host.node.url, host.now);
  const session = await signIn(fresh, asha.email, NEW);
  assert.equal(session.accountId, asha.accountId);
  assert.equal(session.keyBound, true);
  assert.equal(await readSession(asha.browser.connection), undefined, 'other sessions have ended');
  await assert.rejects(signIn(asha.browser, asha.email, OLD), refused('sign-in-failed'));
  await assert.rejects(
    recover(asha.browser, { email: asha.email }, asha.recoveryWords, OLD),
    refused('recovery-failed'),
  );
  await recover(browserAt(host.node.url, host.now), { email: asha.email }, made.recoveryWords, NEW);
  assert.equal(host.node.hospital.people.keys.current(session.pseudonym ?? ''), fresh.keyring.keys[0]?.key.publicKey);
});

test('A33 every device of the account shows it, and the old key stops it for good', async () => {
  const bilal = await desk.claimed('bilal');
  const code = await desk.slipFor(bilal);
  await makeNewKey(browserAt(host.node.url, host.now), code, NEW);
  await assert.rejects(
    makeNewKey(browserAt(host.node.url, host.now), code, NEW),
    refused('code-invalid'),
    'a slip works once',
  );
  await assert.rejects(desk.slipFor(bilal), refused('new-key-waits'));
  await vetoNewKey(bilal.browser, bilal.email, OLD);
  const { waiting } = (await bilal.browser.connection.requestJson('/api/account/new-key')) as {
    waiting: object | null;
  };
  assert.equal(waiting, null);
  host.advance(8 * DAY_MS);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), bilal.email, NEW), refused('sign-in-failed'));
  await signIn(bilal.browser, bilal.email, OLD);
  await assert.rejects(vetoNewKey(bilal.browser, bilal.email, OLD), refused('wrong-state'));
});

test('A33 a new key that is due waits for its password: others begin sign-ins, and the old key still stops it', async () => {
  const chitra = await desk.claimed('chitra');
  await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(chitra), NEW);
  host.advance(8 * DAY_MS);
  const wrong = signIn(browserAt(host.node.url, host.now), chitra.email, 'a guess of somebody');
  await assert.rejects(wrong, refused('sign-in-failed'));
  await vetoNewKey(chitra.browser, chitra.email, OLD);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), chitra.email, NEW), refused('sign-in-failed'));
  await signIn(chitra.browser, chitra.email, OLD);
});

test('A32 a closed account takes no new key, also when it is due', async () => {
  const deepa = await desk.claimed('deepa');
  const { pseudonym } = deepa;
  const before = host.node.hospital.people.keys.current(pseudonym);
  await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(deepa), NEW);
  host.advance(8 * DAY_MS);
  await desk.send(`/api/accounts/${deepa.accountId}/deactivate`, {});
  await assert.rejects(signIn(browserAt(host.node.url, host.now), deepa.email, NEW), refused('sign-in-failed'));
  assert.equal(host.node.hospital.people.keys.current(pseudonym), before);
  await desk.send(`/api/accounts/${deepa.accountId}/reactivate`, {});
  await signIn(browserAt(host.node.url, host.now), deepa.email, NEW);
  assert.notEqual(host.node.hospital.people.keys.current(pseudonym), before);
});

test('A32 a sign-in that began with the old password opens nothing once the new key has taken effect', async () => {
  const farah = await desk.claimed('farah');
  await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(farah), NEW);
  host.advance(8 * DAY_MS);
  const late = browserAt(host.node.url, host.now);
  const [proof, unused] = [await provePassword(OLD), await provePassword(OLD)];
  const { signInId, loginResponse } = (await late.connection.send('/api/session/start', {
    email: farah.email,
    startLoginRequest: proof.startLoginRequest,
    startNewKeyLoginRequest: unused.startLoginRequest,
  })) as { signInId: string; loginResponse: string };
  const { finishLoginRequest } = proof.finish(loginResponse) ?? assert.fail('the old password still counts');
  await signIn(browserAt(host.node.url, host.now), farah.email, NEW);
  const finished = late.connection.send('/api/session/finish', { signInId, finishLoginRequest, withNewKey: false });
  await assert.rejects(finished, refused('sign-in-failed'));
  assert.equal(await readSession(late.connection), undefined);
});

test('A34 the desk takes a new key back, before and after the slip was used, and may begin another', async () => {
  const esha = await desk.claimed('esha');
  const takeBack = () => desk.takeBack(esha);
  const unused = await desk.slipFor(esha);
  await takeBack();
  await assert.rejects(makeNewKey(browserAt(host.node.url, host.now), unused, NEW), refused('code-invalid'));
  await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(esha), NEW);
  await takeBack();
  await assert.rejects(takeBack(), refused('wrong-state'));
  host.advance(8 * DAY_MS);
  await assert.rejects(signIn(browserAt(host.node.url, host.now), esha.email, NEW), refused('sign-in-failed'));
  await makeNewKey(browserAt(host.node.url, host.now), await desk.slipFor(esha), 'the third long password');
  host.advance(8 * DAY_MS);
  await signIn(browserAt(host.node.url, host.now), esha.email, 'the third long password');
});

test('A32 nobody at the desk begins it for the own account, and a code of another kind begins nothing', async () => {
  const session = await signIn(host.administrator, 'desk@city.example', DESK);
  const own = host.administrator.connection.send(`/api/accounts/${session.accountId}/new-key`, { shown: 'me' });
  await assert.rejects(own, refused('forbidden'));
  const invitation = { role: 'administrator', email: 'second@city.example', name: 'Second' };
  const { code } = await desk.send<{ code: string }>('/api/invitations', invitation);
  await assert.rejects(makeNewKey(browserAt(host.node.url, host.now), code, NEW), refused('code-invalid'));
});
