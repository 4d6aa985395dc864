import { changePassword, recover, RequestRefused, registerByCode, signIn } from '@clearchart/web';
import { transactionId } from '@clearchart/ledger';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, type Browser, openTestHospital } from './flows.fixture.ts';

const hospital = await openTestHospital();
after(() => hospital.close());

const password = 'correct horse battery';
const { recoveryWords, session } = await registerByCode(hospital.browser(), {
  code: hospital.enrolmentCode,
  name: 'Ada',
  password,
});

/** A browser whose last step of a flow sends another vault than it should. */
function withOtherVault(browser: Browser, change: (vault: Record<string, unknown>) => object): Browser {
  const { connection } = browser;
  return {
    ...browser,
    connection: {
      ...connection,
      send(path, body, method) {
        const sent = body as { vault?: Record<string, unknown> } | undefined;
        const changed = sent?.vault === undefined ? body : { ...sent, vault: change(sent.vault) };
        return connection.send(path, changed, method);
      },
    },
  };
}

const refusedWith = (code: string) => (error: unknown) => error instanceof RequestRefused && error.code === code;
const otherContents = (vault: Record<string, unknown>) => ({ ...vault, sealed: 'AAAA' });
const otherWords = (vault: Record<string, unknown>) => ({
  ...vault,
  wraps: { ...(vault['wraps'] as object), recovery: 'AAAA' },
});

test('A9 a new password is refused with a vault of other keys or other recovery words', async () => {
  for (const change of [otherContents, otherWords]) {
    const browser = withOtherVault(hospital.browser(), change);
    const changed = changePassword(browser, ADMINISTRATOR_EMAIL, password, 'another password');
    await assert.rejects(changed, refusedWith('bad-request'));
  }
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
});

test('A10 recovery ends every other session, and does not take a signature over another vault', async () => {
  const browser = withOtherVault(hospital.browser(), otherContents);
  const recovered = recover(browser, { email: ADMINISTRATOR_EMAIL }, recoveryWords, 'another password');
  await assert.rejects(recovered, refusedWith('recovery-failed'));
  const before = hospital.browser();
  await signIn(before, ADMINISTRATOR_EMAIL, password);
  await recover(hospital.browser(), { email: ADMINISTRATOR_EMAIL }, recoveryWords, password);
  await assert.rejects(before.connection.requestJson('/api/sessions'), refusedWith('bad-credentials'));
});

test('A16 a key whose transaction expired unmined is bound at the next sign-in, signed by its holder again', async () => {
  const first = hospital.submitted.at(-1);
  assert.ok(first);
  hospital.expireTransaction(transactionId(first.draft));
  const again = await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
  const second = hospital.submitted.at(-1);
  assert.notEqual(second, first);
  assert.equal(second?.draft.body.publicKey, first.draft.body.publicKey);
  assert.equal(again.keyBound, true);
  assert.equal(again.pseudonym, second?.draft.body.pseudonym);
  assert.equal(again.accountId, session.accountId);
});
