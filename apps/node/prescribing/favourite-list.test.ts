import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Favourite } from '@clearchart/api';
import { type FavouritesResource, favouritesOf, listOfFavourites } from './favourite-list.ts';

const FAVOURITES: readonly Favourite[] = [
  { medicine: 'tramadol+paracetamol/tablet', strength: '37.5 mg/325 mg', pattern: 'sos', days: 3 },
  { medicine: 'paracetamol/tablet', strength: '500 mg', pattern: '1-1-1', days: 5 },
  { medicine: 'paracetamol/tablet', strength: '500 mg', pattern: 'once', days: 1 },
];
const listed = (favourites: readonly Favourite[]) => listOfFavourites('dr-1', favourites) as FavouritesResource;

test('C24 favourites become a List of the practitioner’s and come back in their order', () => {
  assert.deepEqual(favouritesOf(listed(FAVOURITES)), FAVOURITES);
  assert.deepEqual(favouritesOf(listed([...FAVOURITES].reverse())), [...FAVOURITES].reverse());
  assert.deepEqual(favouritesOf(listed([])), []);
});

test('C24 the order is that of the entries, not of what is contained', () => {
  const list = listed(FAVOURITES);
  const turned = { ...list, entry: [...(list.entry ?? [])].reverse() };
  assert.deepEqual(favouritesOf(turned), [...FAVOURITES].reverse());
});

test('C24 what the formulary does not have, or another program wrote otherwise, is left out', () => {
  const [first, second, third] = listed(FAVOURITES).contained ?? [];
  const gone = { ...second, identifier: [{ system: 'urn:clearchart:formulary', value: 'paracetamol/tablet|9 g' }] };
  const odd = { ...third, dosage: [{ text: 'as you like' }] };
  const contained = [first, gone, odd].flatMap((one) => one ?? []);
  const entry = [...(listed(FAVOURITES).entry ?? []), { item: { reference: '#nothing' } }, {}];
  assert.deepEqual(favouritesOf({ contained, entry }), FAVOURITES.slice(0, 1));
});
