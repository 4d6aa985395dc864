/** The doors of the tamper lab: there for everybody in the demo that has one, and nowhere else; nothing but a letter of a block is taken. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Node, openTamperLab } from '@clearchart/node';
import { isStaticPage, LAB_ORACLE, ROUTE_ORACLE } from './route-oracle.fixture.ts';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

let running: Node | undefined;
const openLab = () =>
  openTamperLab(() =>
    running === undefined
      ? []
      : [running].map(({ hospital: { organization, name, folder, reader } }) => ({
          organization,
          name,
          folder,
          height: reader.height,
          readBlock: (height) => reader.block(height),
        })),
  );

let demo: TestNode;
let ordinary: TestNode;
before(async () => {
  demo = await startTestNode({ demo: true, lab: openLab() });
  running = demo.node;
  await demo.node.hospital.settled(30_000);
  ordinary = await startTestNode();
  await ordinary.node.hospital.settled(30_000);
});
after(async () => {
  await demo?.close();
  await ordinary?.close();
});

const routesOf = ({ node }: TestNode): string[] =>
  node.routes
    .filter(({ method, url }) => method !== 'HEAD' && !isStaticPage(url))
    .map(({ method, url }) => `${method} ${url}`);
const blocksOf = (host: TestNode): Buffer[] => {
  const folder = join(host.folder, 'blocks');
  return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
};
const withoutIds = (text: string): string => text.replace(/"requestId":"[^"]*"/g, '');
const place = (): object => ({ organization: demo.node.hospital.organization, height: 1 });

test('C20 a demo with a lab has its doors beside those of any node, for everybody', async () => {
  assert.deepEqual(routesOf(demo).toSorted(), [...Object.keys(ROUTE_ORACLE), ...Object.keys(LAB_ORACLE)].toSorted());
  for (const [route, askers] of Object.entries(LAB_ORACLE)) {
    const [method = '', url = ''] = route.split(' ');
    const path = url.replace(':height', `1?organization=${demo.node.hospital.organization}`);
    const body =
      method === 'GET' ? undefined : url.endsWith('read') ? place() : { ...place(), position: 0, letter: 'a' };
    const { mine: practitioner, patient, system } = demo.tokens;
    const tokens = { anonymous: undefined, administrator: undefined, practitioner, patient, system };
    for (const asker of askers) {
      const options = { token: tokens[asker], ...(body === undefined ? {} : { body }) };
      const { status } =
        asker === 'administrator'
          ? await demo.askAsAdministrator(method, path, body)
          : await demo.ask(method, path, options);
      // Alone as it is, nobody could give a block back.
      assert.equal(status, url.endsWith('change') ? 409 : 200, `${asker} ${route}`);
    }
  }
});

test('C20 a node without a lab answers at its doors as at any that was never there', async () => {
  assert.deepEqual(routesOf(ordinary).toSorted(), Object.keys(ROUTE_ORACLE).toSorted());
  const before_ = blocksOf(ordinary);
  const { organization } = ordinary.node.hospital;
  for (const [method, path, body] of [
    ['GET', '/api/demo/lab', undefined],
    ['GET', `/api/demo/lab/blocks/1?organization=${organization}`, undefined],
    ['POST', '/api/demo/lab/change', { organization, height: 1, position: 20, letter: 'a' }],
    ['POST', '/api/demo/lab/read', { organization, height: 1 }],
  ] as const) {
    const options = body === undefined ? {} : { body };
    const asked = await ordinary.ask(method, path, options);
    const nothing = await ordinary.ask(method, path.replace('/lab', '/nothing'), options);
    assert.equal(asked.status, 404);
    assert.equal(withoutIds(asked.body), withoutIds(nothing.body));
  }
  assert.deepEqual(blocksOf(ordinary), before_);
});

test('a hospital that no demo made does not start with a lab', async () => {
  await assert.rejects(startTestNode({ lab: openLab() }), /a hospital that no demo made/);
});

test('B1 B2 nonsense at its doors is a clear refusal that changes no byte and is said back nowhere', async () => {
  const before_ = blocksOf(demo);
  const mark = 'CANARYlabZQX';
  const bad: object[] = [
    {},
    [],
    { ...place(), position: 1 },
    { ...place(), position: -1, letter: 'a' },
    { ...place(), position: 1.5, letter: 'a' },
    { ...place(), position: 1, letter: mark },
    { ...place(), position: 1, letter: '"' },
    { ...place(), position: 1, letter: 'é' },
    { ...place(), position: 1, letter: 'a', folder: `../${mark}` },
    { ...place(), position: 1, letter: 'a', organization: `../../${mark}` },
    { ...place(), position: 1, letter: 'a', height: mark },
    { ...place(), position: 1, letter: 'a', height: 0 },
    { ...place(), position: 1, letter: 'a', height: 1e300 },
  ];
  for (const path of ['/api/demo/lab/change', '/api/demo/lab/read']) {
    for (const body of [...bad, '{', mark, `{"organization":"${mark}"`]) {
      const answer = await demo.ask('POST', path, { body });
      assert.equal(answer.status, 400, `${path} ${JSON.stringify(body)}: ${answer.body}`);
      assert.ok(!answer.body.includes(mark));
    }
  }
  const { organization } = demo.node.hospital;
  for (const path of [
    mark,
    '0',
    '-1',
    '1.5',
    '1e3',
    '..%2f1',
    `1?organization=${mark}`,
    '1',
    `1?organization=${organization}&x=${mark}`,
  ]) {
    const answer = await demo.ask('GET', `/api/demo/lab/blocks/${path}`);
    assert.ok(answer.status === 400 || answer.status === 404, `${path}: ${answer.status}`);
    assert.ok(!answer.body.includes(mark));
  }
  const far = await demo.ask('GET', `/api/demo/lab/blocks/100000?organization=${organization}`);
  assert.equal(far.status, 404);
  assert.deepEqual(blocksOf(demo), before_);
  assert.ok(!demo.logs.some((line) => line.includes(mark)));
});

test('an address that asks too often is told to wait, and changes nothing more', async () => {
  let status = 0;
  for (let asked = 0; asked < 100 && status !== 429; asked += 1)
    ({ status } = await demo.ask('POST', '/api/demo/lab/read', { body: place() }));
  assert.equal(status, 429);
});
