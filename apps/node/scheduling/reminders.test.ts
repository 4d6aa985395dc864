import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { type AccountStore, openAccountStore } from '../accounts/index.ts';
import { remind, type ReminderPorts } from './reminders.ts';
import { wallClockOf } from './wall-clock.ts';

const HOUR = 60 * 60_000;
const NOON = Date.parse('2026-12-01T12:00:00+05:30');
const folder = mkdtempSync(join(tmpdir(), 'clearchart-reminders-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let now = NOON;
const open = (): AccountStore =>
  openAccountStore({
    path: join(folder, 'accounts.db'),
    key: new Uint8Array(32).fill(5),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => now },
  });

const visit = (id: string, patient: string, start: number, status = 'booked') => ({
  resourceType: 'Appointment',
  id,
  status,
  start: new Date(start).toISOString(),
  created: new Date(start - 5 * 24 * HOUR).toISOString(),
  participant: [{ actor: { reference: `Patient/${patient}` } }, { actor: { reference: 'Practitioner/d' } }],
});

/** Posts into `sent`; `works` says whether the mail server takes letters. */
function portsWith(
  store: AccountStore,
  visits: readonly ReturnType<typeof visit>[],
  sent: string[],
  works = () => true,
): ReminderPorts {
  /** As the store finds them by what the search asks of the status. */
  const find = (_type: string, criteria: string) => {
    const wanted = new URLSearchParams(criteria).get('status');
    return visits
      .filter(({ status }) => wanted === null || status === wanted)
      .map((one) => ({ content: Buffer.from(JSON.stringify(one)) }));
  };
  return {
    session: { find } as unknown as ReminderPorts['session'],
    joined: { survivorOf: (id) => id },
    accounts: store,
    letters: {
      visitReminder(to, when) {
        if (works()) sent.push(`${to}: ${when.en}`);
        return Promise.resolve(works());
      },
    },
    clock: { now: () => now },
    timers: { after: () => () => {} },
    wall: wallClockOf('Asia/Kolkata'),
    timeZone: 'Asia/Kolkata',
    onFault: assert.fail,
  };
}

const store = open();
for (const [id, patient] of [
  ['a1', 'meera'],
  ['a2', 'silent'],
] as const)
  store.accounts.insert(
    {
      id,
      role: 'patient',
      state: 'active',
      identity: {
        email: `${patient}@mail.example`,
        name: patient,
        publicKey: '',
        keyBound: true,
        person: `Patient/${patient}`,
      },
      passwordRecord: 'r',
      vault: {} as never,
    },
    NOON,
  );
const silent = store.accounts.byId('a2');
assert.ok(silent);
store.accounts.update(silent, 'active', { ...silent.identity, mailReminders: false });

test('S13 each reminder is sent once, however often one looks and also after a restart; a moved visit has its own', async () => {
  const sent: string[] = [];
  const tomorrow = NOON + 24 * HOUR;
  await remind(portsWith(store, [visit('v1', 'meera', tomorrow)], sent));
  await remind(portsWith(store, [visit('v1', 'meera', tomorrow)], sent));
  assert.deepEqual(sent, ['meera@mail.example: Wednesday, 2 December 2026 at 12:00']);
  store.close();
  const again = open();
  await remind(portsWith(again, [visit('v1', 'meera', tomorrow)], sent));
  assert.equal(sent.length, 1);
  await remind(portsWith(again, [visit('v2', 'meera', tomorrow - HOUR)], sent));
  assert.equal(sent.length, 2);
  now = tomorrow - 1.5 * HOUR;
  await remind(portsWith(again, [visit('v1', 'meera', tomorrow)], sent));
  assert.equal(sent.length, 3, 'two hours before');
  now = NOON;
  again.close();
});

test('S13 who has turned letters off, or has no account, is sent none', async () => {
  const sent: string[] = [];
  const again = open();
  const visits = [visit('v3', 'silent', NOON + 23 * HOUR), visit('v4', 'nobody', NOON + 23 * HOUR)];
  await remind(portsWith(again, visits, sent));
  assert.deepEqual(sent, []);
  again.close();
});

test('S12 of a visit that is cancelled, missed or over nobody is reminded', async () => {
  const sent: string[] = [];
  const again = open();
  const visits = ['cancelled', 'noshow', 'fulfilled'].map((status) => visit(status, 'meera', NOON + 23 * HOUR, status));
  await remind(portsWith(again, visits, sent));
  assert.deepEqual(sent, []);
  again.close();
});

test('S13 what the mail server does not take is tried again, and told once', async () => {
  const sent: string[] = [];
  const again = open();
  let works = false;
  const ports = portsWith(again, [visit('v5', 'meera', NOON + 23 * HOUR)], sent, () => works);
  await remind(ports);
  works = true;
  await remind(ports);
  await remind(ports);
  assert.equal(sent.length, 1);
  again.close();
});
