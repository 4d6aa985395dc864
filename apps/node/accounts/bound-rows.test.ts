import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { checkAccounts } from './check.ts';
import { openAccountStore } from './store.ts';

const NOW = 1_700_000_000_000;
/** A token that was found is believed for a while. */
const BELIEVED_MS = 10_000;
const LATER = NOW + 365 * 24 * 60 * 60_000;

test('A23 a column that decides rights and was changed by hand gives none, and the check names the row', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearchart-bound-'));
  const path = join(folder, 'accounts.db');
  const store = openAccountStore({
    path,
    key: new Uint8Array(32).fill(5),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => NOW },
  });
  const database = new DatabaseSync(path);
  try {
    const account = {
      id: 'a1',
      role: 'patient' as const,
      state: 'active' as const,
      identity: { email: 'meera@mail.example', name: 'Meera', publicKey: '', keyBound: true },
      passwordRecord: 'r',
      vault: {} as never,
    };
    store.accounts.insert(account, NOW);
    store.accounts.insert(
      { ...account, id: 'a2', identity: { ...account.identity, email: 'other@mail.example' } },
      NOW,
    );
    const { secret, id: sessionId } = store.sessions.open('a1', 'Chrome', NOW);
    const code = store.codes.issue('invitation', { role: 'practitioner', email: 'x@mail.example' } as never, NOW);
    const { token, id: tokenId } = store.tokens.create(
      { role: 'patient', person: 'Patient/1', days: 1, authorisedBy: 'operator' },
      NOW,
    );
    assert.ok(code !== undefined);

    const changes: [row: string, change: string, use: () => unknown][] = [
      [`accounts/a1`, "UPDATE accounts SET role = 'administrator' WHERE id = 'a1'", () => store.accounts.byId('a1')],
      [`accounts/a1`, "UPDATE accounts SET state = 'deactivated' WHERE id = 'a1'", () => store.accounts.byId('a1')],
      [`sessions/${sessionId}`, "UPDATE sessions SET account_id = 'a2'", () => store.sessions.find(secret, NOW, true)],
      [
        `sessions/${sessionId}`,
        `UPDATE sessions SET created_at = ${NOW + 1}`,
        () => store.sessions.find(secret, NOW, true),
      ],
      [
        `sessions/${sessionId}`,
        `UPDATE sessions SET seen_at = ${NOW + 1}`,
        () => store.sessions.find(secret, NOW, true),
      ],
      [`accounts/a1`, "UPDATE accounts SET person_hash = x'00' WHERE id = 'a1'", () => store.accounts.byId('a1')],
      [`codes/${code.id}`, `UPDATE codes SET expires_at = ${LATER}`, () => store.codes.find(code.code, NOW)],
      [`codes/${code.id}`, "UPDATE codes SET kind = 'enrolment'", () => store.codes.find(code.code, NOW)],
      [`tokens/${tokenId}`, "UPDATE tokens SET role = 'system'", () => store.tokens.find(token, NOW)],
      [
        `tokens/${tokenId}`,
        `UPDATE tokens SET expires_at = ${LATER}`,
        () => store.tokens.find(token, NOW + BELIEVED_MS),
      ],
    ];
    const faults = () => [...checkAccounts(database, store.sealing)].map(({ where }) => where);
    assert.deepEqual(faults(), []);
    for (const [row, change, use] of changes) {
      const table = row.split('/')[0] ?? '';
      const before = database.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(row.split('/')[1] ?? '') ?? {};
      database.exec(change);
      assert.throws(use, /does not open/, change);
      assert.deepEqual(faults(), [row], change);
      const columns = Object.keys(before);
      database
        .prepare(`UPDATE ${table} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
        .run(...Object.values(before), row.split('/')[1] ?? '');
      assert.deepEqual(faults(), [], `put back: ${change}`);
      assert.ok(use() !== undefined, `as it was: ${change}`);
    }
  } finally {
    database.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('A23 a hash moved to the row of somebody with more rights opens that row to nobody', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearchart-bound-'));
  const path = join(folder, 'accounts.db');
  const ports = {
    path,
    key: new Uint8Array(32).fill(5),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => NOW },
  };
  const store = openAccountStore(ports);
  const database = new DatabaseSync(path);
  try {
    const system = store.tokens.create({ role: 'system', days: 1, authorisedBy: 'operator' }, NOW);
    const wish = { role: 'patient', person: 'Patient/1', days: 1, authorisedBy: 'operator' } as const;
    const patient = store.tokens.create(wish, NOW);
    const [own, administrators] = [store.sessions.open('a1', 'x', NOW), store.sessions.open('a2', 'x', NOW)];
    const claim = store.codes.issue('claim', { role: 'patient', person: 'Patient/1' }, NOW);
    const enrolment = store.codes.issue('enrolment', { role: 'administrator', email: 'x@mail.example' }, NOW);
    assert.ok(claim !== undefined && enrolment !== undefined);
    const moves = [
      ['tokens', 'token_hash', patient.id, system.id, () => store.tokens.find(patient.token, NOW)],
      ['sessions', 'secret_hash', own.id, administrators.id, () => store.sessions.find(own.secret, NOW, true)],
      ['codes', 'code_hash', claim.id, enrolment.id, () => store.codes.find(claim.code, NOW)],
    ] as const;
    for (const [table, column, from, to, use] of moves) {
      const moved = database.prepare(`SELECT ${column} AS hash FROM ${table} WHERE id = ?`).get(from)?.['hash'];
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(new Uint8Array(32), from);
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(moved as Uint8Array, to);
      assert.throws(use, /does not open/, table);
      const where = [...checkAccounts(database, store.sealing)].map((fault) => fault.where);
      assert.ok(where.includes(`${table}/${to}`), table);
    }
  } finally {
    database.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('A23 a token that was withdrawn and a code that was used leave no row that could be taken up again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clearchart-bound-'));
  const path = join(folder, 'accounts.db');
  const ports = {
    path,
    key: new Uint8Array(32).fill(5),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => NOW },
  };
  const store = openAccountStore(ports);
  try {
    const made = store.tokens.create({ role: 'system', days: 1, authorisedBy: 'operator' }, NOW);
    const code = store.codes.issue('enrolment', { role: 'administrator', email: 'x@mail.example' }, NOW);
    assert.ok(store.tokens.end(made.id));
    assert.ok(store.codes.end(code?.id ?? '', NOW));
    assert.equal(store.tokens.end(made.id) || store.codes.end(code?.id ?? '', NOW), false);
    const database = new DatabaseSync(path);
    for (const table of ['tokens', 'codes'])
      assert.equal(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'], 0, table);
    database.close();
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
