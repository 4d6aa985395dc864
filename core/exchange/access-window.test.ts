import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccessDetail, commitDetail, isDeclared } from './access-window.ts';

const salt = new Uint8Array(32).fill(7);
const detail: AccessDetail = {
  name: 'Dr Sunita Joshi',
  role: 'practitioner',
  reader: 'Practitioner/1',
};

test('C17 the commitment opens with this name, role, reader and salt, and with no others', () => {
  const commitment = commitDetail(detail, salt);
  assert.match(commitment, /^[0-9a-f]{64}$/);
  const { reader, role, name } = detail;
  assert.equal(commitDetail({ reader, role, name }, salt.slice()), commitment, 'the order does not count');
  const others: AccessDetail[] = [
    { ...detail, name: 'Dr Sunita Josh' },
    { ...detail, role: 'system' },
    { ...detail, reader: 'Practitioner/2' },
    { ...detail, authorisedBy: 'operator' },
  ];
  for (const other of others) assert.notEqual(commitDetail(other, salt), commitment);
  for (let at = 0; at < salt.length; at++) {
    const bent = salt.map((byte, index) => (index === at ? byte ^ 1 : byte));
    assert.notEqual(commitDetail(detail, bent), commitment);
  }
});

test('C18 the reads of practitioners and programs are declared, own reads and the desk’s stay local', () => {
  const roles = ['practitioner', 'system', 'patient', 'administrator'] as const;
  assert.deepEqual(roles.map(isDeclared), [true, true, false, false]);
});
