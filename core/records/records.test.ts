import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, hmacSha256, sha256, toHex } from '@clearchart/crypto';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import fc from 'fast-check';
import {
  applyJsonPatch,
  canonicalJson,
  categoryOf,
  categoryTag,
  matchesCommitment,
  openRecord,
  parseConditionalReference,
  parseJson,
  parseJsonPatch,
  parseLocalReference,
  parseReferenceAnywhere,
  recordId,
  type RecordBinding,
  rewriteReferences,
  sealRecord,
  visitReferences,
} from './index.ts';

const ports = { aead: nodeAead, random: nodeRandom, custodyKey: new Uint8Array(32).fill(7) };
const binding: RecordBinding = {
  chain: 'c'.repeat(64),
  custodian: 'd'.repeat(32),
  record: 'e'.repeat(32),
  version: 1,
  subject: 'f'.repeat(32),
  categoryTag: 'a'.repeat(32),
};
const content = Buffer.from('{"resourceType":"Patient"}');

test('R1 canonical content sorts keys by UTF-16 units, writes numbers as ECMAScript does, and adds no space', () => {
  const value = { b: 1e21, a: [1.0, 0.1, -0], '\u20ac': 'x', '\ud83d\ude00': '\u2028', A: null };
  assert.equal(canonicalJson(value), '{"A":null,"a":[1,0.1,0],"b":1e+21,"\u20ac":"x","\ud83d\ude00":"\u2028"}');
  fc.assert(
    fc.property(fc.jsonValue(), (json) =>
      assert.deepEqual(JSON.parse(canonicalJson(json)), JSON.parse(JSON.stringify(json))),
    ),
  );
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', () => 0, Symbol('a')])
    assert.throws(() => canonicalJson(bad), TypeError);
});

test('R2 a record id is the first half of a keyed hash of type and id', () => {
  const key = new Uint8Array(32).fill(3);
  assert.equal(recordId(key, 'Patient', '1'), toHex(hmacSha256(key, Buffer.from('Patient/1')).slice(0, 16)));
  assert.notEqual(recordId(key, 'Patient', '1'), recordId(new Uint8Array(32), 'Patient', '1'));
});

test('R3 a sealed version opens under its own binding and under no other', () => {
  const sealed = sealRecord(ports, content, binding);
  assert.deepEqual(Buffer.from(openRecord(ports, sealed, binding)?.content ?? []), content);
  const others: Partial<RecordBinding>[] = [
    { chain: 'd'.repeat(64) },
    { custodian: 'e'.repeat(32) },
    { record: 'f'.repeat(32) },
    { version: 2 },
    { subject: null },
    { subject: 'a'.repeat(32) },
    { categoryTag: 'b'.repeat(32) },
  ];
  for (const other of others)
    assert.equal(openRecord(ports, sealed, { ...binding, ...other }), undefined, JSON.stringify(other));
  assert.equal(openRecord({ ...ports, custodyKey: new Uint8Array(32) }, sealed, binding), undefined);
});

test('R4 one flipped byte anywhere in a sealed version opens nothing', () => {
  const sealed = sealRecord(ports, content, binding);
  for (const part of ['sealed', 'custodyWrap'] as const) {
    for (let at = 0; at < sealed[part].length; at++) {
      const flipped = sealed[part].with(at, (sealed[part][at] ?? 0) ^ 1);
      assert.equal(openRecord(ports, { ...sealed, [part]: flipped }, binding), undefined, `${part} ${at}`);
    }
  }
});

test('R5 the commitment covers the sealed bytes and the salted content under a key of its own', () => {
  const sealed = sealRecord(ports, content, binding);
  const opened = openRecord(ports, sealed, binding);
  assert.ok(opened);
  const second = sha256(concatBytes(opened.salt, content));
  assert.equal(sealed.commitment, toHex(hmacSha256(opened.commitmentKey, sha256(sealed.sealed), second)));
  assert.ok(matchesCommitment(opened, sealed.commitment));
  assert.ok(!matchesCommitment(opened, '0'.repeat(64)));
  assert.notEqual(
    sealRecord(ports, content, binding).commitment,
    sealed.commitment,
    'the same content commits otherwise each time',
  );
});

test('R6 a category tag differs by patient, category and hospital', () => {
  const key = new Uint8Array(32).fill(1);
  const tags = [
    categoryTag(key, 'a'.repeat(32), 'general'),
    categoryTag(key, 'b'.repeat(32), 'general'),
    categoryTag(key, 'a'.repeat(32), 'genetic'),
    categoryTag(new Uint8Array(32), 'a'.repeat(32), 'general'),
    categoryTag(key, null, 'general'),
  ];
  assert.equal(new Set(tags).size, tags.length);
});

test('R7 a category comes from label, codes, kind of report and type, the sensitive ones first', () => {
  const coded = (resourceType: string, system: string, code: string, more: object = {}) => ({
    resourceType,
    code: { coding: [{ system, code }] },
    ...more,
  });
  const icd = 'http://hl7.org/fhir/sid/icd-10';
  assert.equal(categoryOf({ resourceType: 'Patient' }), 'general');
  assert.equal(categoryOf({ resourceType: 'MedicationRequest' }), 'medications');
  assert.equal(categoryOf(coded('Condition', icd, 'F32.1')), 'mental-health');
  assert.equal(categoryOf(coded('Condition', icd, 'F10.2')), 'substance-use');
  assert.equal(categoryOf(coded('Condition', icd, 'B20')), 'sexual-health');
  assert.equal(categoryOf(coded('Condition', 'http://snomed.info/sct', '86406008')), 'sexual-health');
  const laboratory = {
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
  };
  assert.equal(categoryOf(coded('Observation', 'http://loinc.org', '2345-7', laboratory)), 'laboratory');
  assert.equal(categoryOf(coded('Observation', 'http://loinc.org', '7917-8', laboratory)), 'sexual-health');
  assert.equal(categoryOf(coded('Condition', icd, 'J45', { meta: { security: [{ code: 'PSY' }] } })), 'mental-health');
  assert.equal(
    categoryOf(coded('Condition', icd, 'J45', { meta: { security: [{ code: 'constructor' }] } })),
    'general',
  );
});

test('JSON that two readers could read differently is refused', () => {
  const fault = (text: string): string => {
    const parsed = parseJson(text);
    return parsed.ok ? 'ok' : parsed.fault;
  };
  assert.equal(fault('{"a":1,"b":{"a":2},"c":[{"a":1},{"a":1}]}'), 'ok');
  assert.equal(fault('{"a":"\\"a\\":1","b":"\\\\"}'), 'ok');
  assert.equal(fault('{"a":1 , "a" : 2}'), 'duplicate-key');
  assert.equal(fault('[{"x":{"a":1,"\\u0061":2}}]'), 'duplicate-key');
  assert.equal(fault('{"a\\\\":1,"a\\\\":2}'), 'duplicate-key');
  assert.equal(fault('{"__proto__":1}'), 'forbidden-key');
  assert.equal(fault('{"a":"\\udc00"}'), 'half-surrogate');
  assert.equal(fault('{"a":"\\ud83d\\ude00"}'), 'ok');
  assert.equal(fault('{a:1}'), 'not-json');
  assert.equal(fault('['.repeat(101) + ']'.repeat(101)), 'too-deep');
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const parsed = parseJson(JSON.stringify(json));
      if (parsed.ok) assert.deepEqual(parsed.value, JSON.parse(JSON.stringify(json)));
    }),
  );
});

test('a JSON Patch does what RFC 6902 says, and leaves the document it was given alone', () => {
  const patched = (document: unknown, patch: unknown): unknown => {
    const before = JSON.stringify(document);
    const result = applyJsonPatch(document, parseJsonPatch(patch) ?? []);
    assert.equal(JSON.stringify(document), before);
    return result.ok ? result.value : result.fault;
  };
  // RFC 6902 appendix A.
  assert.deepEqual(patched({ foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }]), {
    foo: ['bar', 'qux', 'baz'],
  });
  assert.deepEqual(patched({ foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }]), {
    foo: ['bar', 'baz'],
  });
  assert.deepEqual(
    patched({ foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } }, [
      { op: 'move', from: '/foo/waldo', path: '/qux/thud' },
    ]),
    { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
  );
  assert.deepEqual(patched({ '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }]), { '/': 9, '~1': 10 });
  assert.equal(patched({ '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }]), 'test-failed');
  assert.deepEqual(patched({ foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }]), {
    foo: ['bar', ['abc', 'def']],
  });
  assert.equal(patched({ foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }]), 'no-such-path');
  assert.equal(patched({ foo: { a: 1 } }, [{ op: 'move', from: '/foo', path: '/foo/a' }]), 'no-such-path');
  assert.deepEqual(patched({ a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }]), { b: 2 });
  assert.equal(patched([1], [{ op: 'add', path: '/length', value: 0 }]), 'no-such-path');
  assert.equal(patched({}, [{ op: 'add', path: '/constructor/prototype/x', value: 1 }]), 'no-such-path');
  for (const bad of [
    {},
    [{ op: 'add', path: 'a', value: 1 }],
    [{ op: 'add', path: '/a' }],
    [{ op: 'nonsense', path: '/a' }],
    [{ op: 'copy', path: '/a' }],
    [{ op: 'remove', path: '/~2' }],
  ]) {
    assert.equal(parseJsonPatch(bad), undefined, JSON.stringify(bad));
  }
});

test('references are read, found and rewritten at any depth, and other texts are left alone', () => {
  assert.deepEqual(parseLocalReference('Patient/1'), { type: 'Patient', id: '1' });
  assert.deepEqual(parseLocalReference('Patient/1/_history/2'), { type: 'Patient', id: '1', version: '2' });
  for (const text of ['http://x/Patient/1', '#a', 'urn:uuid:1', 'Patient?a=b', 'patient/1', 'Patient/'])
    assert.equal(parseLocalReference(text), undefined, text);
  for (const before of ['', 'http://x/', 'https://x:8443/fhir/R4/'])
    assert.deepEqual(parseReferenceAnywhere(`${before}Patient/1/_history/2`), {
      type: 'Patient',
      id: '1',
      version: '2',
    });
  for (const text of [
    'ftp://x/Patient/1',
    'http://x/?a=/Patient/1',
    'http://x/Patient/1/',
    'x/Patient/1',
    '#Patient/1',
  ])
    assert.equal(parseReferenceAnywhere(text), undefined, text);
  assert.deepEqual(parseConditionalReference('Patient?a=b'), { type: 'Patient', criteria: 'a=b' });
  const resource = { a: [{ reference: 'urn:x' }], note: 'urn:x', url: 'urn:x', b: { reference: 'Patient/1' } };
  const found: string[] = [];
  visitReferences(resource, (reference) => found.push(reference));
  assert.deepEqual(found, ['urn:x', 'Patient/1']);
  const rewritten = rewriteReferences(resource, (text) => (text === 'urn:x' ? 'Patient/2' : undefined));
  assert.deepEqual(rewritten, {
    a: [{ reference: 'Patient/2' }],
    note: 'urn:x',
    url: 'Patient/2',
    b: { reference: 'Patient/1' },
  });
});
