import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import i18next, { type TFunction } from 'i18next';
import en from '../language/locales/en/index.ts';
import { repairWords } from './repair-words.ts';

let t: TFunction;
before(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } });
  t = i18next.t;
});

const repair = { at: 1, keptIn: 'evidence/x', where: 'block 12, 000000000001.blocks' };

test('a repair is told by block and hospital, and no file of the disk is named', () => {
  const from = 'Lakeside';
  assert.equal(
    repairWords({ ...repair, what: 'block', blocks: { first: 12, last: 12 }, from }, t),
    'Block 12 was damaged on this hospital’s disk, and was put back from Lakeside.',
  );
  assert.equal(
    repairWords({ ...repair, what: 'block', blocks: { first: 12, last: 1_400 }, from }, t),
    'This hospital’s disk was damaged at block 12. Blocks 12 to 1,400 were put back from Lakeside.',
  );
  assert.match(repairWords({ ...repair, what: 'block', blocks: { first: 12 } }, t), /^From block 12 on, nothing/);
  const others = [
    { what: 'state', where: 'state.db' },
    { what: 'ledger', where: 'consensus.db' },
    { what: 'ledger', where: 'blocks 3 to 9' },
    { what: 'block', where: 'block 12, 000000000001.blocks' },
  ] as const;
  const words = others.map((one) => repairWords({ ...repair, ...one }, t));
  assert.equal(new Set(words).size, words.length);
  for (const one of words) assert.doesNotMatch(one, /\.db|\.blocks|node\.repair/);
});
