import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordStrength } from './password-strength.ts';

test('fewer than twelve characters are too short, whatever they are', () => {
  assert.equal(passwordStrength('Xk3$pQ9!zL2'), 'short');
  assert.notEqual(passwordStrength('Xk3$pQ9!zL2w'), 'short');
});

test('rows, repetitions and common words are weak', () => {
  for (const password of ['aaaaaaaaaaaaaa', '123456789012', 'abcdefghijklmnop', 'passwordpassword', 'hospital12345']) {
    assert.equal(passwordStrength(password), 'weak', password);
  }
});

test('four unrelated words and a random string are good', () => {
  for (const password of ['correct horse battery staple', 'v8#Kz!q2Rw$e7Tn', 'नीला घोड़ा तेज़ नदी पार']) {
    assert.equal(passwordStrength(password), 'good', password);
  }
});
