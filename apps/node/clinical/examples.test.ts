/** Breadth: every published R4 example of a supported type that meets the rules is stored and read back equal. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sharedDefinitions, testStore } from './store.fixture.ts';
import { Refusal } from './refusal.ts';

after(async () => (await sharedDefinitions()).close());

/** Examples that break a rule of FHIR R4 themselves, or that our validator misjudges, are this share at most. */
const REFUSED_SHARE_LIMIT = 0.05;
const AT_ONCE = 100;

test('the published examples go in and come out equal, and the index rows are those of what was stored', async (context) => {
  const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));
  const { table } = await sharedDefinitions();
  const resources = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && table.types.has(name.split('-')[0] ?? ''))
    .map(
      (name) =>
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as { resourceType: string; id?: string; meta?: object },
    );
  const kept = resources.filter(({ resourceType }) => !LARGE.has(resourceType));
  const { session, store, commitments } = await testStore();
  const caller = session();
  const refused = new Map<string, number>();
  const types = new Set<string>();
  for (let start = 0; start < kept.length; start += AT_ONCE) {
    await Promise.all(
      kept.slice(start, start + AT_ONCE).map(async (resource) => {
        const { resourceType } = resource;
        const outcome = await caller.create(resourceType, resource).catch((refusal: unknown) => {
          if (!(refusal instanceof Refusal)) throw refusal;
          refused.set(resourceType, (refused.get(resourceType) ?? 0) + 1);
        });
        if (outcome?.version === undefined) return;
        const read = await caller.read(resourceType, outcome.version.id);
        assert.deepEqual(plain(JSON.parse(Buffer.from(read.content).toString('utf8'))), plain(resource));
        types.add(resourceType);
      }),
    );
  }
  const lost = [...refused.values()].reduce((sum, count) => sum + count, 0);
  context.diagnostic(`${kept.length} examples, ${lost} refused, ${types.size} types`);
  assert.ok(kept.length > 600 && types.size > 120);
  assert.ok(lost / kept.length < REFUSED_SHARE_LIMIT, `refused: ${JSON.stringify([...refused])}`);
  for await (const fault of store.check((record, version) => commitments.get(`${record}/${version}`)))
    assert.fail(JSON.stringify(fault));
});

/** Definitions of FHIR itself, thousands of them and megabytes long, add time and no breadth. */
const LARGE: ReadonlySet<string> = new Set([
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'SearchParameter',
  'ConceptMap',
  'OperationDefinition',
  'CapabilityStatement',
]);

function plain({ id: _id, meta, ...rest }: { id?: string; meta?: object }): object {
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...kept } = (meta ?? {}) as Record<string, unknown>;
  return { ...rest, ...(Object.keys(kept).length === 0 ? {} : { meta: kept }) };
}
