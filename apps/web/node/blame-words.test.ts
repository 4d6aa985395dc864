import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import i18next, { type TFunction } from 'i18next';
import en from '../language/locales/en/index.ts';
import { blameWords } from './blame-words.ts';

let t: TFunction;
before(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } });
  t = i18next.t;
});

test('what a hospital is blamed for is told by kind, each kind once, with its codes', () => {
  assert.equal(
    blameWords(['block-work-too-small', 'vote-invalid', 'block-state-root-wrong'], t),
    'Refused from it here: a block that breaks the rules (block-work-too-small, block-state-root-wrong); a false vote (vote-invalid)',
  );
  const others = ['head-invalid', 'message-malformed', 'answer-malformed', 'signature-invalid'];
  assert.equal(
    blameWords(others, t),
    'Refused from it here: a false report of its newest block (head-invalid); a message that cannot be read (message-malformed, answer-malformed); an entry that breaks the rules (signature-invalid)',
  );
});
