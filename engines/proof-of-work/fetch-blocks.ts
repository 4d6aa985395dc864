import type { Block, Checkpoint, OrganizationId, SupermajorityLink } from '@clearchart/ledger';
import { encodeQuestion, parseChainAnswer } from './peer-messages.ts';
import type { PeerNetwork } from './peer-network.ts';

/**
 * What follows a place on another member's chain, lowest first; none when it does not know the place. For one's own copy of final
 * blocks: blocks and links that read, and nothing more is known of them.
 * @throws Error when no answer comes that reads
 */
export async function fetchBlocks(
  network: PeerNetwork,
  peer: OrganizationId,
  after: Checkpoint,
): Promise<{ readonly blocks: readonly Block[]; readonly links: readonly SupermajorityLink[] }> {
  const answer = parseChainAnswer(await network.ask(peer, encodeQuestion({ kind: 'chain', locator: [after] })));
  if (answer === undefined) throw new Error('its answer does not read');
  return { blocks: answer.blocks, links: answer.links };
}
