/** A patient without a device, on a real node: the hospital keeps the key, writes marked so, and hands it over for good. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fromHex, labelledHash, utf8 } from '@clearchart/crypto';
import { custodyKey, decodeValue, personKey, type Pseudonym } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { registerByCode } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

const PASSWORD = 'the old long password of mine';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const patient = () => host.ids['p'] ?? '';
const pseudonym = () => host.node.hospital.clinical.pseudonymOf(patient()) as Pseudonym;
const desk = (path: string, body: object): Promise<unknown> => host.administrator.connection.send(path, body);
const entries = (body: object): Promise<unknown> => desk(`/api/patients/${patient()}/custody/entries`, body);
const kept = () => host.node.hospital.accounts.custody.find(pseudonym());
const fhir = async (path: string) =>
  JSON.parse((await host.ask('GET', `/fhir/R4/${path}`, { token: host.tokens.system })).body) as Record<
    string,
    unknown
  >;

function stateOf<Value>(key: string): Value | undefined {
  const bytes = host.node.hospital.state.get(key);
  return bytes === undefined ? undefined : (decodeValue(bytes) as unknown as Value);
}
const custody = () => stateOf<{ publicKey: string; endedAt: number | null }>(custodyKey(pseudonym()));

const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code, String(error));
  return true;
};

/** Every place in the data folder that holds these bytes, plain or as text. */
function placesOf(seed: Uint8Array): string[] {
  const spellings = [
    Buffer.from(seed),
    Buffer.from(seed).toString('hex'),
    Buffer.from(seed).toString('base64').slice(0, 40),
  ];
  return readdirSync(host.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(host.folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter((path) => spellings.some((spelling) => readFileSync(path).includes(spelling)));
}

interface Provenance {
  agent: { type?: { coding: { code: string }[] }; who: { reference?: string; display?: string } }[];
  target: { reference: string }[];
  signature: { who: { reference: string; identifier: { value: string } }; data: string }[];
}

/** Whether the kept signature holds under a public key, over the versions as the ledger has them. */
async function holdsUnder(publicKey: string, { target, signature: [one] }: Provenance): Promise<boolean> {
  const own = host.node.hospital;
  const versions = [];
  for (const { reference } of target.slice(1)) {
    const [type, id, , version] = reference.split('/');
    const found = await host.ask('GET', `/api/records/${type}/${id}/versions/${version}/receipt`, {
      token: host.tokens.system,
    });
    const receipt = JSON.parse(found.body) as { record: string; recordVersion: number; commitment: string };
    versions.push({ commitment: receipt.commitment, record: receipt.record, version: receipt.recordVersion });
  }
  // P1, written out.
  const list = JSON.stringify(versions.sort((left, right) => (left.record < right.record ? -1 : 1)));
  const signer = fromHex(one?.who.identifier.value ?? '');
  const message = labelledHash('clearchart/record-signature/v0', fromHex(own.chainId), signer, utf8(list));
  return nodeVerifier.verify(fromHex(publicKey), message, Uint8Array.from(Buffer.from(one?.data ?? '', 'base64')));
}

test('A40 without papers, or for nobody, no key is taken into custody, and nothing is written before one is', async () => {
  await assert.rejects(desk(`/api/patients/${patient()}/custody`, { shown: ' ' }), refused('bad-request'));
  await assert.rejects(desk('/api/patients/nobody/custody', { shown: 'passport' }), refused('not-found'));
  await assert.rejects(entries({ told: ['Hay fever'] }), refused('wrong-state'));
  assert.equal(kept(), undefined);
});

test('A40 the hospital takes a key into custody: on the ledger, and nowhere in clear on its disk', async () => {
  await desk(`/api/patients/${patient()}/custody`, { shown: 'passport K1234567' });
  const held = kept();
  assert.ok(held !== undefined);
  assert.equal(held.takenBy.name, 'Farida Shaikh');
  assert.equal(custody()?.endedAt, null);
  assert.equal(stateOf<{ publicKey: string }>(personKey(pseudonym()))?.publicKey, custody()?.publicKey);
  assert.deepEqual(placesOf(held.seed), []);
  await desk(`/api/patients/${patient()}/custody`, { shown: 'passport K1234567' });
  assert.deepEqual(kept()?.seed, held.seed, 'again changes nothing');
  const registry = (await host.administrator.connection.requestJson(`/api/registry?query=${patient()}`)) as {
    lines: { id: string; inCustody: boolean; account: string }[];
  };
  assert.deepEqual(
    registry.lines.map(({ inCustody, account }) => [inCustody, account]),
    [[true, 'none']],
  );
});

test('P9 what the desk writes is what a patient may write, signed with the kept key, with the name of who wrote it', async () => {
  const before = (await fhir(`Patient/${patient()}`)) as { meta: { versionId: string } };
  const telecom = [{ system: 'phone', value: '+91 98220 55555' }];
  await entries({ details: { versionId: before.meta.versionId, telecom }, told: ['Hay fever since school'] });
  await host.node.hospital.settled(30_000);
  const found = (await fhir(`Provenance?patient=${patient()}`)) as unknown as { entry: { resource: Provenance }[] };
  const [provenance] = found.entry.map(({ resource }) => resource);
  assert.ok(provenance !== undefined && found.entry.length === 1);
  assert.equal(provenance.agent[1]?.type?.coding[0]?.code, 'enterer');
  assert.equal(provenance.agent[1]?.who.display, 'Farida Shaikh');
  assert.equal(provenance.target.length, 3);
  assert.ok(await holdsUnder(custody()?.publicKey ?? '', provenance));
  assert.ok(!(await holdsUnder('ab'.repeat(32), provenance).catch(() => false)), 'under another key it does not');
  const stale = entries({ details: { versionId: before.meta.versionId, telecom: [] } });
  await assert.rejects(stale, refused('bad-request'), 'somebody else wrote a newer version');
  const extra = { details: { versionId: '2', birthDate: '1999-01-01' } };
  await assert.rejects(entries(extra), refused('bad-request'), 'not the patient’s to write');
  await assert.rejects(entries({}), refused('bad-request'));
  await assert.rejects(entries({ told: ['x'.repeat(201)] }), refused('bad-request'));
  await assert.rejects(entries({ told: Array.from({ length: 6 }, () => 'x') }), refused('bad-request'));
});

test('A41 A42 a claim code hands the key over: the kept one ends at that block, is destroyed, and signs nothing any more', async () => {
  const seed = kept()?.seed ?? new Uint8Array();
  const { code } = (await desk(`/api/patients/${patient()}/claim-code`, {})) as { code: string };
  const browser = browserAt(host.node.url, host.now);
  const { session } = await registerByCode(browser, { code, email: 'asha@people.example', password: PASSWORD });
  await host.node.hospital.settled(30_000);
  assert.equal(session.pseudonym, pseudonym());
  const own = browser.keyring.keys[0]?.key.publicKey;
  assert.equal(stateOf<{ publicKey: string }>(personKey(pseudonym()))?.publicKey, own);
  assert.notEqual(own, custody()?.publicKey);
  assert.equal(typeof custody()?.endedAt, 'number');
  assert.equal(kept(), undefined);
  assert.deepEqual(placesOf(seed), []);
  await assert.rejects(entries({ told: ['Not mine'] }), refused('wrong-state'));
  await assert.rejects(desk(`/api/patients/${patient()}/custody`, { shown: 'passport' }), refused('already-claimed'));
  const again = host.node.hospital.people.custody.take(pseudonym(), seed);
  await Promise.race([again, host.node.hospital.settled(3_000)]);
  assert.equal(stateOf<{ publicKey: string }>(personKey(pseudonym()))?.publicKey, own, 'there is no taking it back');
});
