import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '@clearchart/api';
import type { TFunction } from 'i18next';
import en from '../language/locales/en/index.ts';
import { faultWords } from './fault-words.ts';

const words = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], en);
const t = ((path: string) => words(path)) as unknown as TFunction;

test('no refusal of the hospital is told as if it had not answered', () => {
  for (const [code, { status }] of Object.entries(ERRORS)) {
    const { title, detail } = faultWords({ status, code }, t);
    assert.ok(title && detail, code);
    if (status < 500) assert.notEqual(title, en.fault.noAnswer, code);
  }
});

test('what a person has to do first is said', () => {
  assert.equal(faultWords({ status: 409, code: 'not-amended-yet' }, t).title, en.fault.notAmended);
  assert.equal(faultWords({ status: 409, code: 'constructor' }, t).title, en.fault.otherwise);
  assert.equal(faultWords({ status: 503, code: 'history-incomplete' }, t).title, en.fault.historyComes);
  assert.equal(faultWords({ status: 503 }, t).title, en.fault.noAnswer);
});
