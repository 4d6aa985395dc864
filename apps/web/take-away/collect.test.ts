import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleOf, typesWithPatients } from './collect.ts';

test('the types asked for are those that the hospital says can be found by their patient', () => {
  const type = (name: string, ...parameters: string[]) => ({
    type: name,
    searchParam: parameters.map((one) => ({ name: one })),
  });
  const resource = [
    type('Condition', 'code', 'patient'),
    type('Location', 'name'),
    type('Patient', 'name'),
    { type: 'X' },
  ];
  assert.deepEqual(typesWithPatients({ rest: [{ resource }] }), ['Condition']);
  assert.deepEqual(typesWithPatients({}), []);
});

test('the file is a collection that names each resource by its address and changes nothing in it', () => {
  const resource = { resourceType: 'Condition', id: 'c1', meta: { versionId: '2' } };
  const bundle = bundleOf([resource], 'https://city.example', new Date(0));
  assert.deepEqual(bundle, {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: '1970-01-01T00:00:00.000Z',
    entry: [{ fullUrl: 'https://city.example/fhir/R4/Condition/c1', resource }],
  });
});
