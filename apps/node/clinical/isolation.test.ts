import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionOf, make, mine, observationOf, refused, search, server, theirs } from './isolation.fixture.ts';
import { EVERYTHING, scopeOf } from './store.fixture.ts';

test('the owner of everything does see the second patient, so the tests below can fail', async () => {
  server.scope = EVERYTHING;
  assert.equal((await server.request('GET', '/Patient?family=Theirs')).body.total, 1);
  assert.equal((await server.request('GET', '/Observation?code=8302-2')).body.total, 2);
});

test('R20 a read, a version and a history of a hidden record are those of an absent one', async () => {
  assert.equal(await refused('GET', `/Patient/${theirs.patient}`), 404);
  assert.equal(await refused('GET', `/Observation/${theirs.observation}/_history/1`), 404);
  assert.equal(await refused('GET', `/Observation/${theirs.observation}/_history`), 404);
});

test('R20 a search by anything at all finds only what is in sight', async () => {
  assert.deepEqual((await search('/Patient')).ids, [mine.patient]);
  assert.deepEqual((await search('/Observation?code=8302-2')).ids, [mine.observation]);
  assert.deepEqual((await search(`/Observation?_id=${theirs.observation}`)).ids, []);
  assert.deepEqual((await search(`/Observation?patient=${theirs.patient}`)).ids, []);
  assert.deepEqual((await search(`/Observation?subject:Patient=${theirs.patient}`)).ids, []);
  assert.deepEqual((await search('/Observation?date=2020')).ids, []);
  assert.deepEqual((await search('/Observation?value-quantity=180')).ids, []);
  assert.deepEqual((await search('/Observation?_lastUpdated=gt2000')).ids, [mine.observation]);
  assert.deepEqual((await search('/Patient?family:exact=Theirs')).ids, []);
  assert.deepEqual((await search('/Patient?family:contains=heir')).ids, []);
  assert.deepEqual((await search('/Patient?identifier=urn:mrn|2')).ids, []);
});

test('negative conditions do not turn to what is hidden', async () => {
  assert.deepEqual((await search('/Observation?status:not=amended')).ids, [mine.observation]);
  assert.deepEqual((await search('/Observation?value-quantity:missing=false')).ids, []);
  assert.deepEqual((await search('/Observation?date:missing=false')).ids, []);
});

test('R20 counts count what is in sight', async () => {
  assert.equal((await search('/Observation?_summary=count')).total, 1);
  assert.equal((await search('/Patient?_total=accurate&_count=1')).total, 1);
  assert.equal((await search('/Observation?code=8302-2&_count=0')).total, 1);
  assert.equal((await search('/Patient?family:contains=i&_summary=count')).total, 1);
});

test('sorting and paging show no gap where something is hidden', async () => {
  assert.deepEqual((await search('/Observation?_sort=date&_count=1')).ids, [mine.observation]);
  assert.deepEqual((await search('/Observation?_sort=-value-quantity&_count=1')).ids, [mine.observation]);
  assert.deepEqual((await search('/Patient?_sort=family')).ids, [mine.patient]);
  const { body } = await server.request('GET', '/Observation?_count=1');
  assert.equal(body.link.length, 1, 'no second page for a hidden hit');
});

test('R26 a paging link of who sees more gives no more to who sees less', async () => {
  server.scope = EVERYTHING;
  const { body } = await server.request('GET', '/Patient?_count=1');
  const next = body.link[1].url;
  server.scope = scopeOf(mine.patient);
  assert.equal((await server.request('GET', next)).body.entry, undefined);
});

test('R20 a chain is not followed through a hidden record', async () => {
  assert.deepEqual((await search('/Observation?patient.family=Theirs')).ids, []);
  assert.deepEqual((await search('/Observation?subject:Patient.identifier=urn:mrn|2')).ids, []);
  // The own observation names a hidden encounter: nothing about that encounter may be asked through it.
  assert.deepEqual((await search('/Observation?encounter.status=finished')).ids, []);
  assert.deepEqual((await search('/Observation?encounter.class=AMB')).ids, []);
});

test('R20 _has does not count hidden records', async () => {
  const { practitioner } = theirs;
  assert.deepEqual((await search('/Practitioner?_has:Patient:general-practitioner:family=Theirs')).ids, []);
  assert.deepEqual((await search('/Patient?_has:Observation:patient:value-quantity=180')).ids, []);
  server.scope = EVERYTHING;
  assert.deepEqual(
    (await server.request('GET', '/Practitioner?_has:Patient:general-practitioner:family=Theirs')).body.entry[0]
      .resource.id,
    practitioner,
  );
});

test('R20 _include and _revinclude bring nothing hidden', async () => {
  assert.deepEqual((await search('/Observation?_include=Observation:encounter')).ids, [mine.observation]);
  assert.deepEqual(
    (await search('/Observation?_include=Observation:encounter&_include:iterate=Encounter:patient')).ids,
    [mine.observation],
  );
  assert.deepEqual((await search('/Practitioner?_revinclude=Patient:general-practitioner')).ids, [theirs.practitioner]);
  server.scope = EVERYTHING;
  assert.equal(
    (await server.request('GET', '/Practitioner?_revinclude=Patient:general-practitioner')).body.entry.length,
    2,
  );
});

test('the history of a type holds only what is in sight', async () => {
  const { ids } = await search('/Observation/_history');
  assert.deepEqual(ids, [mine.observation]);
});

test('R18 a category that is not in the scope is hidden like another patient', async () => {
  server.scope = EVERYTHING;
  const psychiatric = await make(
    conditionOf(mine.patient, { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'F32.1' }] } }),
  );
  server.scope = { ...scopeOf(mine.patient), categories: new Set(['general']) };
  assert.equal((await server.request('GET', `/Condition/${psychiatric}`)).status, 404);
  assert.ok(!(await search('/Condition')).ids.includes(psychiatric));
  assert.ok(!(await search(`/Patient?_revinclude=Condition:patient`)).ids.includes(psychiatric));
  server.scope = scopeOf(mine.patient);
  assert.ok((await search('/Condition')).ids.includes(psychiatric));
});

test('a type that a role never reads is refused with 403, and is not reached by other ways', async () => {
  server.scope = { ...EVERYTHING, types: new Set(['Patient', 'Practitioner']) };
  assert.equal((await server.request('GET', `/Observation/${mine.observation}`)).status, 403);
  assert.equal((await server.request('GET', '/Observation/absent')).status, 403);
  assert.equal((await server.request('GET', '/Observation')).status, 403);
  assert.equal((await server.request('GET', '/Observation/_history')).status, 403);
  const found = await server.request('GET', '/Patient?_revinclude=Observation:patient');
  assert.doesNotMatch(found.text, /"resourceType":"Observation"/);
  assert.equal((await server.request('GET', '/Patient?_has:Observation:patient:code=8302-2')).body.total, 0);
});

test('R18 the directory is closed to who may not see it', async () => {
  assert.deepEqual((await search('/Practitioner')).ids, [theirs.practitioner]);
  server.scope = { ...scopeOf(mine.patient), directory: false };
  assert.deepEqual((await search('/Practitioner')).ids, []);
  assert.equal((await server.request('GET', `/Practitioner/${theirs.practitioner}`)).status, 404);
});

test('a scope of several patients sees those and no others, a scope of none sees none', async () => {
  server.scope = scopeOf(mine.patient, 'another');
  assert.deepEqual((await search('/Patient')).ids, [mine.patient]);
  server.scope = scopeOf();
  assert.deepEqual((await search('/Patient')).ids, []);
  assert.deepEqual((await search('/Observation?code=8302-2')).ids, []);
  assert.equal((await server.request('GET', `/Patient/${mine.patient}`)).status, 404);
});

test('R9 a record is part of the record of whom it is about; who only takes part counts where it is about nobody', async () => {
  server.scope = EVERYTHING;
  const [me, them] = [mine, theirs].map(({ patient }) => ({ reference: `Patient/${patient}` }));
  const booked = (...actors: unknown[]) => ({
    resourceType: 'Appointment',
    status: 'proposed',
    participant: actors.map((actor) => ({ actor, status: 'accepted' })),
  });
  const { subject: _subject, ...aboutNobody } = observationOf('x') as { subject: object };
  const cases: [string, object, [mine: boolean, theirs: boolean]][] = [
    ['about one, told by the other', observationOf(mine.patient, { performer: [them] }), [true, false]],
    ['about nobody, told by one', { ...aboutNobody, performer: [them] }, [false, true]],
    [
      'about a group, told by one',
      { ...aboutNobody, subject: { reference: 'Group/g' }, performer: [me] },
      [true, false],
    ],
    ['an appointment of both', booked(me, them), [true, true]],
    ['an older version of the patient', observationOf(`${mine.patient}/_history/1`), [true, false]],
    ['a patient of nowhere', observationOf('nowhere'), [false, false]],
  ];
  for (const [name, resource, expected] of cases) {
    server.scope = EVERYTHING;
    const path = `/${(resource as { resourceType: string }).resourceType}/${await make(resource)}`;
    const seen: boolean[] = [];
    for (const { patient } of [mine, theirs]) {
      server.scope = scopeOf(patient);
      seen.push((await server.request('GET', path)).status === 200);
    }
    assert.deepEqual(seen, expected, name);
  }
  for (const { patient } of [mine, theirs]) {
    server.scope = scopeOf(mine.patient);
    assert.equal((await server.request('GET', `/Patient/${patient}`)).status, patient === mine.patient ? 200 : 404);
  }
});
