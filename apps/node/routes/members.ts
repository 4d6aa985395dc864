/** Who is a member: the paper's registering of nodes, as votes of members; and what the node page shows. */
import {
  memberBallotSchema,
  membershipApplicationSchema,
  memberVoteSchema,
  networkSchema,
  type Network,
  signedHeadsSchema,
} from '@clearchart/api';
import { isRejection, type OrganizationId, type Rejection, type SignedHead } from '@clearchart/ledger';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../http/errors.ts';
import { perMinute } from '../http/rate-limits.ts';
import type { Ballot, MembersDesk } from '../members/index.ts';

export interface MemberRoutePorts {
  readonly desk: MembersDesk;
  readonly hear: (application: unknown) => Rejection | undefined;
  readonly network: () => Network;
  readonly headsOver: (nonce: string) => Promise<readonly SignedHead[]>;
}

/** From one address. */
const APPLICATIONS_PER_MINUTE = 30;
const HEADS_PER_MINUTE = 120;

const ADMINISTRATOR = { access: ['administrator'] } as const;
const voting = { config: ADMINISTRATOR, schema: { body: memberVoteSchema, response: { 200: memberBallotSchema } } };

export const memberRoutes =
  ({ desk, hear, network, headsOver }: MemberRoutePorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.post('/api/ledger/nodes/register', voting, async ({ body }) =>
      ballotOf(await desk.admit(body.organization as OrganizationId)),
    );

    app.post('/api/ledger/nodes/retire', voting, async ({ body }) =>
      ballotOf(await desk.retire(body.organization as OrganizationId)),
    );

    app.post(
      '/api/ledger/nodes/apply',
      { config: perMinute(APPLICATIONS_PER_MINUTE), schema: { body: membershipApplicationSchema } },
      async ({ body }, reply) => {
        const rejection = hear(body);
        if (rejection !== undefined) throw new ApiError('invalid-transaction', { rejection: rejection.code });
        return await reply.code(202).send({ message: 'The members of the network see the application and vote on it' });
      },
    );

    app.get(
      '/api/ledger/heads',
      {
        config: perMinute(HEADS_PER_MINUTE),
        schema: {
          querystring: z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{64}$/) }),
          response: { 200: signedHeadsSchema },
        },
      },
      async ({ query }) => ({
        heads: (await headsOver(query.nonce)).map((head) => head as unknown as Record<string, unknown>),
      }),
    );

    app.get('/api/network', { config: ADMINISTRATOR, schema: { response: { 200: networkSchema } } }, () => network());
    done();
  };

function ballotOf(answer: Ballot | Rejection): Ballot {
  if (!isRejection(answer)) return answer;
  throw new ApiError('invalid-transaction', { rejection: answer.code });
}
