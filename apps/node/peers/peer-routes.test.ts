import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { fromHex, toHex } from '@clearchart/crypto';
import { organizationIdOf, parseChainId, parseOrganizationId } from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { LARGEST_MESSAGE_BYTES, LARGEST_STRANGER_QUESTION_BYTES } from './limits.ts';
import {
  bytes,
  city,
  clock,
  coast,
  type Headers,
  hill,
  identityOf,
  post,
  sendPart,
  signed,
  startPeer,
  stranger,
  type TestPeer,
  until,
} from './peers.fixture.ts';
import { answerMessage, PEER_PATHS, readSignedHeaders, requestMessage } from './signed-request.ts';

const { messages, questions } = PEER_PATHS;

const opened: TestPeer[] = [];
let peer: TestPeer;
beforeEach(async () => {
  clock.ahead = 0;
  peer = await startPeer(coast);
  opened.push(peer);
});
after(() => Promise.all(opened.map((one) => one.close())));

const ask = (headers: Headers, body = 'b') => post(peer, messages, headers, body);
const outcome = async (headers: Headers, body?: string): Promise<[number, string | undefined]> => {
  const { status, code } = await ask(headers, body);
  return [status, code];
};

test('N1 N2 a signed message is taken in silence, with who sent it', async () => {
  const { status, body, headers } = await ask(signed(city, coast, messages, 'hello'), 'hello');
  assert.deepEqual([status, body, headers.get('cache-control')], [204, '', 'no-store']);
  assert.deepEqual(peer.received, [`${city.organization}: hello`]);
});

test('N1 N9 an answer is signed for the one request that asked', async () => {
  const headers = signed(city, coast, questions, 'why');
  const answer = await post(peer, questions, headers, 'why');
  assert.equal(answer.body, `why, ${city.organization}`);
  const facts = readSignedHeaders(headers);
  assert.ok(facts);
  const request = requestMessage(identityOf(coast).chainId, coast.organization, questions, facts);
  const signature = fromHex(answer.headers.get('clearchart-signature') ?? '');
  const holds = (message: Uint8Array) => nodeVerifier.verify(coast.signer.publicKey, message, signature);
  assert.ok(holds(answerMessage(request, bytes(answer.body))));
  assert.ok(!holds(answerMessage(request, bytes('another answer'))));
  const later = requestMessage(identityOf(coast).chainId, coast.organization, questions, { ...facts, time: 5 });
  assert.ok(!holds(answerMessage(later, bytes(answer.body))));
});

test('N2 a request lacks no header, and each has its exact form', async () => {
  const good = signed(city, coast, messages, 'b');
  for (const name of Object.keys(good).filter((one) => one.startsWith('clearchart-'))) {
    const { [name]: value = '', ...without } = good;
    for (const headers of [without, { ...good, [name]: `${value}0` }, { ...good, [name]: value.toUpperCase() + ' x' }])
      assert.deepEqual(await outcome(headers), [401, 'not-signed-by-peer'], name);
  }
  assert.equal((await ask(good)).status, 204);
});

test('N3 a signature holds for one receiver, chain, path, moment, nonce and body', async () => {
  const good = signed(city, coast, messages, 'b');
  const wrong: [string, Headers, string?][] = [
    ['receiver', signed(city, hill, messages, 'b')],
    ['chain', signed(city, coast, messages, 'b', { chainId: parseChainId('00'.repeat(32)) })],
    ['path', signed(city, coast, questions, 'b')],
    ['time', { ...good, 'clearchart-time': String(Number(good['clearchart-time']) + 1) }],
    ['nonce', { ...good, 'clearchart-nonce': '00'.repeat(16) }],
    ['body', { ...good, 'clearchart-body': signed(city, coast, messages, 'c')['clearchart-body'] ?? '' }, 'c'],
    [
      'signature',
      { ...good, 'clearchart-signature': signed(city, coast, messages, 'b')['clearchart-signature'] ?? '' },
    ],
    ['sender', { ...good, 'clearchart-organization': hill.organization }],
  ];
  for (const [what, headers, body] of wrong)
    assert.deepEqual(await outcome(headers, body), [401, 'not-signed-by-peer'], what);
  assert.deepEqual(peer.received, []);
});

test('N4 the key is one of the organization on the ledger', async () => {
  const headers = signed({ organization: city.organization, signer: hill.signer }, coast, messages, 'b');
  assert.deepEqual(await outcome(headers), [401, 'not-signed-by-peer']);
});

test('N4 the time is at most 30 seconds before or after the clock', async () => {
  for (const [ahead, status] of [
    [29_000, 204],
    [-29_000, 204],
    [31_000, 401],
    [-31_000, 401],
  ] as const) {
    const at = Date.now() + ahead;
    const headers = signed(city, coast, messages, 'b', { clock: { now: () => at } });
    assert.equal((await ask(headers)).status, status, String(ahead));
  }
});

test('N4 N6 a bad signature and too long a body are refused before anything of the body is read', async () => {
  const headers = signed(city, coast, messages, 'b');
  const forged = { ...headers, 'clearchart-key': toHex(hill.signer.publicKey) };
  for (const [sent, status] of [
    [{ ...forged, 'content-length': '1000' }, 401],
    [{ ...headers, 'content-length': String(LARGEST_MESSAGE_BYTES + 1) }, 413],
  ] as const) {
    const { heard } = await sendPart(peer, messages, sent, 'x');
    assert.match(await heard, new RegExp(`^HTTP/1.1 ${status} `));
  }
});

test('N6 a body without its length is refused', async () => {
  const { 'content-length': _length, ...headers } = signed(city, coast, messages, 'b');
  const { heard } = await sendPart(peer, messages, { ...headers, 'transfer-encoding': 'chunked' }, '1\r\nb\r\n');
  assert.match(await heard, /^HTTP\/1.1 400 .*the length of the body/s);
});

test('N6 a body that is not what was signed is refused, and the right one may still come', async () => {
  const headers = signed(city, coast, messages, 'right');
  assert.deepEqual(await outcome(headers, 'wrong'), [401, 'not-signed-by-peer']);
  assert.deepEqual(peer.received, []);
  assert.equal((await ask(headers, 'right')).status, 204);
});

test('N1 another content type is not taken', async () => {
  const headers = { ...signed(city, coast, messages, 'b'), 'content-type': 'application/json' };
  assert.deepEqual(await outcome(headers), [415, 'content-type-unsupported']);
  const { 'content-type': _type, ...empty } = signed(city, coast, messages, '');
  const { heard } = await sendPart(peer, messages, { ...empty, connection: 'close' }, '');
  assert.match(await heard, /^HTTP\/1.1 415 /);
});

test('N5 a request is taken once', async () => {
  const headers = signed(city, coast, messages, 'b');
  assert.equal((await ask(headers)).status, 204);
  for (const ahead of [0, 29_000]) {
    clock.ahead = ahead;
    assert.deepEqual(await outcome(headers), [409, 'peer-request-repeated'], String(ahead));
  }
  assert.equal(peer.received.length, 1);
});

test('N5 a request whose body breaks off may come again, but not beside itself', async () => {
  const headers = signed(city, coast, messages, 'hello');
  const first = await sendPart(peer, messages, headers, 'hel');
  await until(() => peer.signedSoFar() === 1);
  assert.deepEqual(await outcome(headers, 'hello'), [503, 'busy']);
  first.destroy();
  let status = 503;
  for (let tries = 0; status === 503 && tries < 100; tries += 1) ({ status } = await ask(headers, 'hello'));
  assert.equal(status, 204);
  assert.deepEqual(peer.received, [`${city.organization}: hello`]);
});

test('N7 a stranger named by its own key may ask, and sends no messages', async () => {
  const asked = await post(peer, questions, signed(stranger, coast, questions, 'b'), 'b');
  assert.equal(asked.body, `b, ${stranger.organization}`);
  assert.deepEqual(await outcome(signed(stranger, coast, messages, 'b')), [403, 'peer-refused']);
  const otherName = { ...stranger, organization: parseOrganizationId('00'.repeat(16)) };
  assert.equal((await post(peer, questions, signed(otherName, coast, questions, 'b'), 'b')).status, 401);
  assert.deepEqual(peer.received, []);
});

test('N7 a member with a key that is not on the ledger may ask as a stranger does, and sends no messages', async () => {
  const away = { ...city, signer: stranger.signer };
  assert.equal((await post(peer, questions, signed(away, coast, questions, 'b'), 'b')).status, 200);
  const long = 'x'.repeat(LARGEST_STRANGER_QUESTION_BYTES + 1);
  assert.equal((await post(peer, questions, signed(away, coast, questions, long), long)).status, 413);
  assert.deepEqual(await outcome(signed(away, coast, messages, 'b')), [401, 'not-signed-by-peer']);
  assert.deepEqual(peer.received, []);
});

test('N7 strangers ask little, whatever number of names they give themselves', async () => {
  const long = 'x'.repeat(LARGEST_STRANGER_QUESTION_BYTES + 1);
  assert.equal((await post(peer, questions, signed(stranger, coast, questions, long), long)).status, 413);
  const statuses: number[] = [];
  const waits = new Set<string | null>();
  for (let seed = 100; seed < 140; seed += 1) {
    const signer = createSigner(new Uint8Array(32).fill(seed));
    const organization = organizationIdOf(signer.publicKey);
    const { status, headers } = await post(
      peer,
      questions,
      signed({ signer, organization }, coast, questions, 'b'),
      'b',
    );
    statuses.push(status);
    if (status === 429) waits.add(headers.get('retry-after'));
  }
  assert.ok(statuses.filter((status) => status === 200).length <= 35, String(statuses));
  assert.deepEqual([...waits], ['1']);
  assert.equal((await post(peer, questions, signed(city, coast, questions, 'b'), 'b')).status, 200);
});

test('N7 N8 a stranger that was given long answers waits for the next', async () => {
  const long = new Uint8Array(LARGEST_MESSAGE_BYTES - 1024).fill(0x20);
  const generous = await startPeer(coast, { answer: async () => long });
  opened.push(generous);
  const statusOf = async (of: typeof city) =>
    (await post(generous, questions, signed(of, coast, questions, 'b'), 'b')).status;
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push(await statusOf(stranger));
  assert.ok(statuses.includes(429), String(statuses));
  assert.equal(await statusOf(city), 200);
});

test('N8 nothing is taken from a banned organization and nothing answered', async () => {
  peer.banned.add(city.organization).add(stranger.organization);
  assert.deepEqual(await outcome(signed(city, coast, messages, 'b')), [403, 'peer-refused']);
  for (const one of [city, stranger])
    assert.equal((await post(peer, questions, signed(one, coast, questions, 'b'), 'b')).code, 'peer-refused');
  assert.equal((await ask(signed(hill, coast, messages, 'b'))).status, 204);
  assert.deepEqual(peer.received, [`${hill.organization}: b`]);
});

test('N8 a body that is dribbled in is cut off', async () => {
  const slow = await startPeer(coast, { requestMs: 700 });
  opened.push(slow);
  const headers = signed(city, coast, messages, 'hello');
  const started = Date.now();
  const { heard, write } = await sendPart(slow, messages, headers, 'h');
  const dribble = setInterval(() => write('e'), 400);
  const answer = await heard;
  clearInterval(dribble);
  assert.match(answer, /^(HTTP\/1.1 4|$)/);
  assert.ok(Date.now() - started < 4_000);
  assert.deepEqual(slow.received, []);
});
