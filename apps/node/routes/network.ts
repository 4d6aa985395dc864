/** Everything about the ledger and its members: for readers, for administrators, and for the other members' nodes. */
import type { FastifyPluginAsync } from 'fastify';
import type { Hospital } from '../hospital.ts';
import { peerRoutes } from '../peers/index.ts';
import { ledgerRoutes } from './ledger.ts';
import { memberRoutes } from './members.ts';

export const networkRoutes =
  ({ engine, members, peers, reader }: Hospital): FastifyPluginAsync =>
  async (app) => {
    const peerCount = (): number => peers.view().members.filter(({ isSelf }) => !isSelf).length;
    await app.register(
      ledgerRoutes({
        reader,
        engine,
        resolve: () => peers.resolve(),
        peerCount,
        addressOf: (one) => peers.addressOf(one),
      }),
    );
    await app.register(
      memberRoutes({
        desk: members,
        hear: (application) => peers.hear(application),
        network: () => peers.view(),
        headsOver: (nonce) => peers.headsOver(nonce),
      }),
    );
    await app.register(peerRoutes(peers.identity, peers.handler));
  };
