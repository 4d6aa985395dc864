// What this hospital's node knows of the network, and the votes that an administrator sends.
import type { Network } from '@clearchart/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { codeOf } from '../connection/fault-words.ts';
import { getJson } from '../connection/get-json.ts';
import { postJson } from '../connection/post-json.ts';

/** Reach and votes change by themselves. */
const ASK_AGAIN_MS = 5_000;

export function useNetwork() {
  return useQuery({
    queryKey: ['network'],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: ({ signal }): Promise<Network> => getJson('/api/network', (shapes) => shapes.networkSchema, signal),
  });
}

export type VoteKind = 'admit' | 'retire';

/** This hospital's vote on another; the answer says how far it came within some seconds. */
export function useVote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, organization }: { kind: VoteKind; organization: string }) =>
      postJson(
        `/api/ledger/nodes/${kind === 'admit' ? 'register' : 'retire'}`,
        { organization },
        (shapes) => shapes.memberBallotSchema,
      ),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['network'] });
      await client.invalidateQueries({ queryKey: ['ledger'] });
    },
  });
}

/** The paper's verb: compares with the other members, and takes over what this copy lacks. */
export function useResolve() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => getJson('/api/ledger/nodes/resolve', (shapes) => shapes.ledgerResolveSchema),
    onSettled: () => client.invalidateQueries({ queryKey: ['network'] }),
  });
}

const REFUSALS = [
  'ballot-already-cast',
  'members-changing',
  'organization-already-admitted',
  'organization-unknown',
  'members-too-few',
] as const;

/** Why the ledger does not take the vote; undefined when something else failed. */
export function refusalWords(error: unknown, t: TFunction): string | undefined {
  if (codeOf(error) !== 'invalid-transaction') return undefined;
  const code = (error as { rejection?: string }).rejection ?? '';
  const known = REFUSALS.find((one) => one === code);
  const why = known === undefined ? t('node.refusal.other', { code }) : t(`node.refusal.${known}`);
  return t('node.refused', { why });
}
