import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio } from './contrast.ts';
import { colour, contrastPairs, type Scheme, type SemanticColour } from './tokens.ts';

test('black on white has the contrast ratio 21, a colour on itself 1', () => {
  assert.equal(contrastRatio('#000000', '#ffffff'), 21);
  assert.equal(contrastRatio('#0c6971', '#0c6971'), 1);
});

test('the look names 38 pairs of text and ground', () => {
  assert.equal(contrastPairs.length, 38);
});

for (const pair of contrastPairs) {
  for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
    test(`${pair.text} on ${pair.on} is readable in ${scheme}: at least ${pair.needs}:1, as the look says ${pair[scheme]}`, () => {
      const ratio = contrastRatio(
        colour(pair.text as SemanticColour, scheme),
        colour(pair.on as SemanticColour, scheme),
      );
      assert.ok(ratio >= pair.needs, `${ratio.toFixed(2)} is below ${pair.needs}`);
      assert.ok(Math.abs(ratio - pair[scheme]) <= 0.15, `measured ${ratio.toFixed(2)}, the look says ${pair[scheme]}`);
    });
  }
}
