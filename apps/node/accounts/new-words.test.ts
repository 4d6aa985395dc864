import { makeNewWords, recover, registerByCode, RequestRefused, signIn } from '@clearchart/web';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADMINISTRATOR_EMAIL, openTestHospital } from './flows.fixture.ts';

interface Told {
  readonly letter: string;
  readonly to: string;
  readonly when?: number;
}
const told: Told[] = [];
let link = '';
/** One address gets few letters at once. */
const MINUTES_10 = 10 * 60_000;
const hospital = await openTestHospital({
  recoveryLink: (_to, path) => void (link = path.slice('/recover#'.length)),
  passwordChanged: () => {},
  wordsChanged: (to) => void told.push({ letter: 'words', to }),
  newDevice: (to, when) => void told.push({ letter: 'device', to, when }),
  newKeyAsked: assert.fail,
  newKeyTaken: assert.fail,
  newKeyVetoed: assert.fail,
  newKeyWithdrawn: assert.fail,
});
after(() => hospital.close());

let password = 'correct horse battery';
const own = hospital.browser();
let { recoveryWords } = await registerByCode(own, { code: hospital.enrolmentCode, name: 'Ada', password });

const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof RequestRefused, String(error));
  assert.equal(error.code, code);
  return true;
};

async function mailedCode(): Promise<string> {
  hospital.advance(MINUTES_10);
  await hospital.browser().connection.send('/api/recovery/mail', { email: ADMINISTRATOR_EMAIL });
  return link;
}

interface Vault {
  readonly version: 1;
  readonly wraps: { readonly password: string; readonly recovery: string };
  readonly sealed: string;
}
const stored = (): Vault => {
  const account = hospital.store.accounts.byEmail(ADMINISTRATOR_EMAIL);
  return hospital.store.accounts.vaultOf(account?.id ?? '') as Vault;
};
const sendVault = (vault: unknown) => own.connection.send('/api/account/recovery-words', { vault });

test('A38 new words open the account, the words before do not; keys, password and other sessions stay, and a letter tells', async () => {
  const other = hospital.browser();
  await signIn(other, ADMINISTRATOR_EMAIL, password);
  const publicKey = own.keyring.keys[0]?.key.publicKey;
  const before = stored();
  const mailed = await mailedCode();
  told.splice(0);
  const words = await makeNewWords(own, ADMINISTRATOR_EMAIL, password);
  assert.equal(new Set([words.join(' '), recoveryWords.join(' ')]).size, 2);
  assert.deepEqual(told, [{ letter: 'words', to: ADMINISTRATOR_EMAIL }]);
  const after_ = stored();
  assert.deepEqual(
    { ...after_, wraps: { ...after_.wraps, recovery: '' } },
    { ...before, wraps: { ...before.wraps, recovery: '' } },
  );
  await other.connection.requestJson('/api/sessions');
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
  const late = recover(hospital.browser(), { code: mailed }, words, 'another');
  await assert.rejects(late, refusedWith('code-invalid'), 'a link that was out before');
  const old = recover(hospital.browser(), { code: await mailedCode() }, recoveryWords, 'another');
  await assert.rejects(old, refusedWith('recovery-failed'));
  const recovered = hospital.browser();
  await recover(recovered, { code: await mailedCode() }, words, 'a third long password');
  assert.equal(recovered.keyring.keys[0]?.key.publicKey, publicKey);
  [recoveryWords, password] = [words, 'a third long password'];
});

test('A38 a recovery that was begun with the old words does not put them back', async () => {
  const [old, slow] = [recoveryWords, hospital.browser()];
  const code = await mailedCode();
  const { connection } = slow;
  const begun = recover(
    {
      ...slow,
      connection: {
        ...connection,
        async send(path, body, method) {
          if (path === '/api/recovery/finish') recoveryWords = await makeNewWords(own, ADMINISTRATOR_EMAIL, password);
          return connection.send(path, body, method);
        },
      },
    },
    { code },
    old,
    'a stolen password',
  );
  await assert.rejects(begun, (error) => error instanceof RequestRefused);
  await signIn(own, ADMINISTRATOR_EMAIL, password);
  const again = recover(hospital.browser(), { code: await mailedCode() }, old, 'another');
  await assert.rejects(again, refusedWith('recovery-failed'));
});

test('A38 of the vault the recovery wrap alone may change, and only just after the password was given', async () => {
  await signIn(own, ADMINISTRATOR_EMAIL, password);
  const vault = stored();
  told.splice(0);
  for (const other of [
    { ...vault, sealed: 'AAAA', wraps: { ...vault.wraps, recovery: 'AAAA' } },
    { ...vault, wraps: { password: 'AAAA', recovery: 'AAAA' } },
    vault,
  ])
    await assert.rejects(sendVault(other), refusedWith('bad-request'));
  await assert.rejects(sendVault({ ...vault, wraps: { password: 'AAAA' } }), refusedWith('bad-request'));
  hospital.advance(6 * 60_000);
  const late = sendVault({ ...vault, wraps: { ...vault.wraps, recovery: 'AAAA' } });
  await assert.rejects(late, refusedWith('sign-in-again'));
  await assert.rejects(makeNewWords(hospital.browser(), ADMINISTRATOR_EMAIL, 'not it'), refusedWith('sign-in-failed'));
  assert.deepEqual([stored(), told], [vault, []]);
});

test('A37 a sign-in on an unknown device is told with its time, at most once an hour; on a known one it is not', async () => {
  hospital.advance(2 * 60 * 60_000);
  told.splice(0);
  await signIn(own, ADMINISTRATOR_EMAIL, password);
  assert.equal(told.length, 0, 'a known device');
  const before = hospital.store.clock.now();
  const second = hospital.browser();
  await signIn(second, ADMINISTRATOR_EMAIL, password);
  const letter: Told | undefined = told.at(0);
  assert.deepEqual([told.length, letter?.letter, letter?.to], [1, 'device', ADMINISTRATOR_EMAIL]);
  assert.ok((letter?.when ?? 0) >= before && (letter?.when ?? 0) <= hospital.store.clock.now());
  await Promise.all([1, 2].map(() => signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password)));
  await hospital.restart();
  hospital.advance(55 * 60_000);
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
  assert.equal(told.length, 1, 'within the hour, also over a restart');
  hospital.advance(6 * 60_000);
  await signIn(second, ADMINISTRATOR_EMAIL, password);
  assert.equal(told.length, 1);
  await signIn(hospital.browser(), ADMINISTRATOR_EMAIL, password);
  assert.equal(told.length, 2);
});

test('A37 neither the first sign-in of an account nor one that fails is told', async () => {
  const administrator = hospital.browser();
  await signIn(administrator, ADMINISTRATOR_EMAIL, password);
  hospital.advance(2 * 60 * 60_000);
  await signIn(administrator, ADMINISTRATOR_EMAIL, password);
  told.splice(0);
  const invitation = { role: 'administrator', email: 'second@example.org', name: 'Second' };
  const { code } = (await administrator.connection.send('/api/invitations', invitation)) as { code: string };
  await registerByCode(hospital.browser(), { code, password });
  await assert.rejects(signIn(hospital.browser(), ADMINISTRATOR_EMAIL, 'not it'), refusedWith('sign-in-failed'));
  assert.deepEqual(told, []);
});
