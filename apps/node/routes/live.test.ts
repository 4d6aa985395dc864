import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FinalBlock } from '@clearchart/ledger';
import { createHttpServer } from '../http/server.ts';
import { liveRoutes } from './live.ts';
import { type Connection, LiveListeners } from './live-listeners.ts';

let tell: (block: FinalBlock) => void = () => {};
const engine = {
  onFinal: (listener: (block: FinalBlock) => void) => {
    tell = listener;
    return () => {};
  },
};

const app = await createHttpServer({
  authentication: {
    cookieName: 'session',
    bySession: () => undefined,
    byToken: (token) => ({ role: 'system', tokenId: token, name: 'operator' }),
  },
  log: { level: 'silent' },
  trustProxy: true,
});
await app.register(liveRoutes(engine));
const address = await app.listen({ host: '127.0.0.1', port: 0 });
after(() => app.close());

const listen = (headers: Record<string, string>, signal: AbortSignal) =>
  fetch(`${address}/api/events`, { headers, signal });

test('one address, of IPv6 its /64, takes no place of others and is told when to come again', async () => {
  const end = new AbortController();
  const crowd = Array.from({ length: 24 }, (_, index) => `2001:db8:1:2::${index}`);
  const answers = await Promise.all(crowd.map((ip) => listen({ 'x-forwarded-for': ip }, end.signal)));
  assert.ok(answers.every(({ status }) => status === 200));
  const refused = await listen({ 'x-forwarded-for': '2001:db8:1:2:ffff::1' }, end.signal);
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('retry-after'), '30');
  assert.equal(((await refused.json()) as { code: string }).code, 'too-many-requests');
  // Another address, and a person who signs in from the full one, are heard.
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.7' },
    { 'x-forwarded-for': '2001:db8:1:2::1', authorization: 'Bearer staff' },
  ]) {
    assert.equal((await listen(headers as Record<string, string>, end.signal)).status, 200);
  }
  end.abort();
  for (let tries = 0; ; tries += 1) {
    const later = new AbortController();
    const { status } = await listen({ 'x-forwarded-for': '2001:db8:1:2::9' }, later.signal);
    later.abort();
    if (status === 200) break;
    assert.ok(tries < 100, 'places come free when connections close');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('what becomes final is told by height and id', async () => {
  const end = new AbortController();
  const { body, headers } = await listen({ 'x-forwarded-for': '203.0.113.8' }, end.signal);
  assert.equal(headers.get('content-type'), 'text/event-stream');
  tell({ block: { header: { height: 7 } }, ids: ['a'.repeat(64)] } as unknown as FinalBlock);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"final"')) text += (await reader?.read())?.value ?? '';
  assert.match(text, /^event: ledger\ndata: \{"kind":"final","height":7,"transactionIds":\["a{64}"\]\}\n\n$/m);
  end.abort();
});

class SlowConnection implements Connection {
  writableLength = 0;
  ended = '';
  write(text: string): void {
    this.writableLength += text.length;
  }
  end(): void {
    this.ended = 'end';
  }
  destroy(): void {
    this.ended = 'destroyed';
  }
}

test('a listener that takes nothing is dropped before more than a bounded rest waits for it', () => {
  const listeners = new LiveListeners();
  const [slow, quick] = [new SlowConnection(), new SlowConnection()];
  listeners.add(slow, { name: 'slow', signedIn: false });
  listeners.add(quick, { name: 'quick', signedIn: false });
  for (let event = 0; event < 1_000; event += 1) {
    listeners.say('x'.repeat(1_000));
    quick.writableLength = 0;
  }
  assert.equal(slow.ended, 'destroyed');
  assert.ok(slow.writableLength < 70_000, String(slow.writableLength));
  assert.equal(quick.ended, '');
  listeners.endAll();
  assert.deepEqual([slow.ended, quick.ended], ['destroyed', 'end']);
});

test('strangers from many addresses leave half of the places to those who have signed in', () => {
  const listeners = new LiveListeners();
  const add = (name: string, signedIn: boolean): boolean => listeners.add(new SlowConnection(), { name, signedIn });
  let strangers = 0;
  while (add(`stranger ${strangers}`, false)) strangers += 1;
  let people = 0;
  while (add(`account ${people}`, true)) people += 1;
  assert.deepEqual([strangers, people], [500, 500]);
});
