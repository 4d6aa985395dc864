import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Block, type Engine, NoBlockInTime } from '@clearchart/ledger';
import { createHttpServer } from '../http/server.ts';
import { ledgerRoutes } from './ledger.ts';

let outcome: () => Promise<Block> = () => Promise.reject(new Error('nothing'));
const app = await createHttpServer({
  authentication: {
    cookieName: 'session',
    bySession: () => undefined,
    byToken: () => ({ role: 'administrator', tokenId: 't', name: 'desk' }) as never,
  },
  log: { level: 'error', stream: { write: () => undefined } },
});
await app.register(
  ledgerRoutes({
    engine: { mine: () => outcome() } as unknown as Engine,
    reader: {} as never,
    resolve: async () => undefined,
    peerCount: () => 0,
    addressOf: () => undefined,
  }),
);
after(() => app.close());

const mine = async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/ledger/mine',
    headers: { authorization: 'Bearer any' },
  });
  return [answer.statusCode, answer.json<{ code: string }>().code];
};

test('mine: 503 where no block could be made in time, a fault is still a fault', async () => {
  outcome = () => Promise.reject(new NoBlockInTime(30_000));
  assert.deepEqual(await mine(), [503, 'busy']);
  outcome = () => Promise.reject(new Error('the disk'));
  assert.equal((await mine())[0], 500);
});
