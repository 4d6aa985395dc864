import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignatureVerdict } from '../visit/check-signature.ts';
import type { KeptSignature } from '../visit/provenance.ts';
import { openCustodyItems } from './custody-items.ts';

const checked = (verdict: SignatureVerdict, ...versions: string[]) => ({
  verdict,
  signature: {
    targets: versions.map((text) => {
      const [type = '', id = '', version = ''] = text.split('/');
      return { type, id, version };
    }),
    enteredBy: 'Farida Shaikh',
    when: '2026-11-27T08:00:00.000Z',
  } as unknown as KeptSignature,
});
const open = (...of: Parameters<typeof openCustodyItems>) =>
  openCustodyItems(...of).map(({ type, id, version }) => `${type}/${id}/${version}`);
const inCustody = checked('in-custody', 'Patient/p/2', 'Condition/c/1');

test('P11 each version signed in custody waits until the patient has signed or disputed exactly that one', () => {
  assert.deepEqual(open([inCustody], []), ['Patient/p/2', 'Condition/c/1']);
  assert.deepEqual(open([inCustody, checked('verified', 'Patient/p/2')], []), ['Condition/c/1']);
  assert.deepEqual(open([inCustody, checked('verified', 'Patient/p/3')], []), ['Patient/p/2', 'Condition/c/1']);
  assert.deepEqual(open([inCustody], [{ type: 'Condition', record: 'c', version: 1 }]), ['Patient/p/2']);
  assert.deepEqual(open([inCustody], [{ type: 'Condition', record: 'c', version: 2 }]).length, 2);
});

test('P11 a second signature in custody, or one that does not hold, confirms nothing', () => {
  for (const verdict of [
    'in-custody',
    'wrong-signature',
    'waiting',
    'custody-ended',
    'no-such-key',
    'version-changed',
  ] as const) {
    assert.ok(open([inCustody, checked(verdict, 'Patient/p/2')], []).includes('Patient/p/2'), verdict);
  }
  assert.deepEqual(open([checked('verified', 'Patient/p/2')], []), []);
  assert.deepEqual(
    open([checked('custody-ended', 'Patient/p/2')], []),
    ['Patient/p/2'],
    'too late, and not kept quiet',
  );
});
