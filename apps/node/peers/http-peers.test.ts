import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { fromHex } from '@clearchart/crypto';
import { type OrganizationId, organizationIdOf } from '@clearchart/ledger';
import { PEER_PATHS } from './signed-request.ts';
import { LARGEST_MESSAGE_BYTES } from './limits.ts';
import {
  bytes,
  CERTIFICATE,
  city,
  clientOf,
  coast,
  hill,
  identityOf,
  type Party,
  startPeer,
  stranger,
  type TestPeerOptions,
  text,
  until,
} from './peers.fixture.ts';

const closers: (() => Promise<void> | void)[] = [];
after(() => Promise.all(closers.map(async (close) => close())));

async function pair(options: TestPeerOptions = {}, from: Party = city) {
  const peer = await startPeer(coast, options);
  const addresses = new Map<OrganizationId, string | undefined>([[coast.organization, peer.address]]);
  const client = clientOf(from, addresses);
  closers.push(client.close, peer.close);
  return { peer, addresses, client };
}

/** A server that answers as it likes. */
async function rogue(act: Parameters<typeof createServer>[1]) {
  const server = createServer(act as Parameters<typeof createServer>[0]);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = clientOf(city, new Map([[coast.organization, address]]), {
    timers: {
      after(delayMs, action) {
        const timer = setTimeout(action, delayMs / 50);
        return () => clearTimeout(timer);
      },
    },
  });
  closers.push(client.close, () => {
    server.closeAllConnections();
    server.close();
  });
  return client;
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));
const fromCity = (messages: readonly string[]): string[] => messages.map((one) => `${city.organization}: ${one}`);

test('N10 messages arrive once and in order, without a pause between them', async () => {
  const { peer, client } = await pair();
  const started = Date.now();
  for (const one of numbers(300)) client.send(coast.organization, bytes(one));
  await until(() => peer.received.length === 300);
  assert.ok(Date.now() - started < 4_000);
  assert.deepEqual(peer.received, fromCity(numbers(300)));
  const [state] = client.peerStates();
  assert.equal(state?.address, peer.address);
  assert.ok(state?.lastSuccessAt !== undefined && state.roundTripMs !== undefined && state.lastFailure === undefined);
  assert.equal(state?.waiting, 0);
});

test('N1 N9 a question is answered, and several at a time', async () => {
  const { client } = await pair();
  const answers = await Promise.all(numbers(10).map((one) => client.ask(coast.organization, bytes(one))));
  assert.deepEqual(
    answers.map(text),
    numbers(10).map((one) => `${one}, ${city.organization}`),
  );
});

test('N7 who is on no ledger yet gets its questions answered', async () => {
  const { client } = await pair({}, stranger);
  assert.equal(text(await client.ask(coast.organization, bytes('q'))), `q, ${stranger.organization}`);
});

test('N10 what waits while a peer is down arrives in order when it is up again', async () => {
  const { peer, addresses, client } = await pair();
  client.send(coast.organization, bytes('0'));
  await until(() => peer.received.length === 1);
  await peer.close();
  for (const one of numbers(6).slice(1)) client.send(coast.organization, bytes(one));
  await until(() => client.peerStates()[0]?.lastFailure !== undefined);
  assert.match(client.peerStates()[0]?.lastFailure?.reason ?? '', /^(?:nothing-listens|broken-off)$/);
  await assert.rejects(client.ask(coast.organization, bytes('q')), /nothing listens|broke the connection off/);
  const again = await startPeer(coast);
  closers.push(again.close);
  addresses.set(coast.organization, again.address);
  await until(() => again.received.length === 5);
  assert.deepEqual(again.received, fromCity(numbers(6).slice(1)));
});

test('N10 of a message that was taken, but not answered, nothing comes twice', async () => {
  const { peer } = await pair();
  let lost = 0;
  const client = await rogue((request, response) => {
    // Hands the request on, and loses the answer at first.
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const handedOn = fetch(peer.address + request.url, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      void handedOn.then(async (answer) => {
        const body = await answer.text();
        lost += 1;
        if (lost % 2 === 1) request.socket.destroy();
        else response.writeHead(answer.status, { 'content-type': 'application/problem+json' }).end(body);
      });
    });
  });
  for (const one of numbers(5)) client.send(coast.organization, bytes(one));
  await until(() => lost === 10);
  await until(() => client.peerStates()[0]?.waiting === 0);
  assert.deepEqual(peer.received, fromCity(numbers(5)));
});

test('N10 a message that will never be taken does not hold up those behind it', async () => {
  let count = 0;
  const client = await rogue((request, response) => {
    request.resume().on('end', () => {
      count += 1;
      response.writeHead(count === 1 ? 413 : 204).end();
    });
  });
  for (const one of numbers(2)) client.send(coast.organization, bytes(one));
  await until(() => count === 2);
  assert.deepEqual(client.peerStates()[0]?.lastFailure, { reason: 'refused', code: 'status 413' });
});

test('N9 an answer that is not signed by who was asked, or belongs to another question, is none', async () => {
  const { peer } = await pair();
  const unsigned = await rogue((request, response) => void request.resume().on('end', () => response.end('answer')));
  await assert.rejects(unsigned.ask(coast.organization, bytes('q')), /not signed by it/);
  let kept: { signature: string; body: string } | undefined;
  const replaying = await rogue((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const handedOn = fetch(peer.address + request.url, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      void handedOn.then(async (answer) => {
        kept ??= { signature: answer.headers.get('clearchart-signature') ?? '', body: await answer.text() };
        response.writeHead(200, { 'clearchart-signature': kept.signature }).end(kept.body);
      });
    });
  });
  assert.equal(text(await replaying.ask(coast.organization, bytes('q'))), `q, ${city.organization}`);
  await assert.rejects(replaying.ask(coast.organization, bytes('q')), /not signed by it/);
});

test('N10 no answer in time, one that is too long, and a redirect are failures in our own words', async () => {
  const silent = await rogue((request) => void request.resume());
  await assert.rejects(silent.ask(coast.organization, bytes('q')), { message: 'no answer in time' });
  silent.send(coast.organization, bytes('m'));
  await until(() => silent.peerStates()[0]?.waiting === 1);
  const endless = await rogue((request, response) => {
    const more = (): void => {
      while (response.write(Buffer.alloc(1024 * 1024)));
      response.once('drain', more);
    };
    request.resume().on('end', more);
  });
  await assert.rejects(endless.ask(coast.organization, bytes('q')), { message: 'its answer is too long' });
  let followed = 0;
  const elsewhere = await rogue((request, response) => {
    if (request.url !== PEER_PATHS.questions) followed += 1;
    request.resume().on('end', () => response.writeHead(307, { location: '/elsewhere' }).end());
  });
  await assert.rejects(elsewhere.ask(coast.organization, bytes('q')), { message: 'refused: status 307' });
  const spiteful = await rogue((request, response) => {
    request.resume().on('end', () => response.writeHead(403).end('{"code":"<b>spite</b>"}'));
  });
  await assert.rejects(spiteful.ask(coast.organization, bytes('q')), { message: 'refused: status 403' });
  assert.equal(followed, 0);
});

test('N10 too many questions at once, too long a message and a peer without an address fail at once', async () => {
  const silent = await rogue((request) => void request.resume());
  const many = numbers(20).map((one) => silent.ask(coast.organization, bytes(one)).catch(String));
  assert.match(String(await Promise.race(many)), /too many questions/);
  const long = new Uint8Array(LARGEST_MESSAGE_BYTES + 1);
  silent.send(coast.organization, long);
  assert.equal(silent.peerStates()[0]?.lastFailure?.reason, 'message-too-long');
  await assert.rejects(silent.ask(coast.organization, long));
  const lonely = clientOf(city, new Map([[hill.organization, undefined]]));
  closers.push(lonely.close);
  lonely.send(hill.organization, bytes('m'));
  const [state] = lonely.peerStates();
  assert.deepEqual([state?.waiting, state?.lastFailure], [0, { reason: 'no-address' }]);
  await assert.rejects(lonely.ask(hill.organization, bytes('q')), /address is not known/);
  const odd = clientOf(city, new Map([[hill.organization, 'file:///etc']]));
  closers.push(odd.close);
  await assert.rejects(odd.ask(hill.organization, bytes('q')), /not one of HTTP/);
});

test('N11 over https the certificate must be believed: by the machine, or through the file that the operator names', async () => {
  const { peer, addresses, client } = await pair({ overTls: true });
  await assert.rejects(client.ask(coast.organization, bytes('q')), /its certificate is not believed/);
  const believing = clientOf(city, addresses, { ca: CERTIFICATE });
  closers.push(believing.close);
  assert.equal(text(await believing.ask(coast.organization, bytes('q'))), `q, ${city.organization}`);
  believing.send(coast.organization, bytes('m'));
  await until(() => peer.received.length === 1);
});

test('nothing is sent or answered any more after closing, and what waits for an answer ends', async () => {
  const silent = await rogue((request) => void request.resume());
  const asked = silent.ask(coast.organization, bytes('q'));
  await new Promise((done) => setTimeout(done, 20));
  silent.close();
  await assert.rejects(asked, { message: 'this node is stopping' });
  await assert.rejects(silent.ask(coast.organization, bytes('q')), { message: 'this node is stopping' });
  silent.send(coast.organization, bytes('m'));
  assert.equal(silent.peerStates()[0]?.waiting, 0);
});

test('N7 an organization is named by its first key', () => {
  const { signer, keysOf } = identityOf(city);
  const [key = ''] = keysOf(city.organization);
  assert.equal(Buffer.from(signer().publicKey).toString('hex'), key);
  assert.equal(organizationIdOf(fromHex(key)), city.organization);
});
