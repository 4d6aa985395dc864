/** What a hospital that joins learns from a member's node: the genesis file, whose hash is the chain id, and who the members are. */
import {
  type ChainId,
  chainIdOf,
  type Genesis,
  isAddress,
  isHex,
  isRejection,
  parseGenesisValue,
} from '@clearchart/ledger';
import { z } from 'zod';
import type { KnownPeer } from '../members/index.ts';
import { OperatorRefusal } from './refusal.ts';

export interface Invitation {
  readonly genesis: Genesis;
  readonly peers: readonly KnownPeer[];
}

const WITHIN_MS = 15_000;
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

const genesisAnswer = z.object({ genesis: z.unknown() });
const nodesAnswer = z.object({
  nodes: z.array(
    z.object({
      organization: z.custom<KnownPeer['organization']>((value) => isHex(value, 32)),
      publicKey: z.custom<KnownPeer['publicKey']>((value) => isHex(value, 64)),
      address: z.custom<string>(isAddress).optional(),
    }),
  ),
});

/**
 * @param url Origin of a member's node.
 * @param expected The chain id as the inviting hospital told it, when it did.
 * @throws OperatorRefusal
 */
export async function fetchInvitation(url: string, expected: string | undefined): Promise<Invitation> {
  const origin = url.replace(/\/$/, '');
  if (!isAddress(origin))
    throw new OperatorRefusal('usage', `${url} is not the address of a node, such as https://node.city.example`);
  const { genesis: value } = genesisAnswer.parse(await fetchJson(`${origin}/api/ledger/genesis`));
  const genesis = parseGenesisValue(value);
  if (isRejection(genesis))
    throw new OperatorRefusal('not-there', `${origin} does not show a genesis file: ${genesis.code}`);
  if (expected !== undefined && chainIdOf(genesis) !== (expected as ChainId))
    throw new OperatorRefusal(
      'not-there',
      `${origin} is a node of another network: its chain id is ${chainIdOf(genesis)}`,
    );
  const { nodes } = nodesAnswer.parse(await fetchJson(`${origin}/api/ledger/nodes/get`));
  const peers = nodes.map(({ organization, publicKey, address }) => ({ organization, publicKey, address }));
  // One that has no address yet is the node that was asked, when it is the only one.
  const alone = peers.length === 1;
  return {
    genesis,
    peers: peers.flatMap(({ address, ...peer }) => {
      const reached = address ?? (alone ? origin : undefined);
      return reached === undefined ? [] : [{ ...peer, address: reached }];
    }),
  };
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS), redirect: 'error' });
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length > LONGEST_ANSWER_BYTES) throw new Error('it answers without end');
    }
    return JSON.parse(text);
  } catch (fault) {
    throw new OperatorRefusal(
      'not-there',
      `${url} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
  }
}
