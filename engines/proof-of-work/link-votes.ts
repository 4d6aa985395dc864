// Votes that stand in links which made blocks final: all that a start leaves of what others voted.
import { type ConsensusStore, type Genesis, type SupermajorityLink, type Vote, chainIdOf } from '@clearchart/ledger';
import { VOTES_BELOW_FINAL } from './limits.ts';

/** Those on this disk near the final block, newest first. */
export function* newestLinks(
  consensus: Pick<ConsensusStore, 'linkFrom'>,
  finalHeight: number,
): Generator<SupermajorityLink> {
  for (let source = finalHeight; source >= Math.max(0, finalHeight - VOTES_BELOW_FINAL); source -= 1) {
    const link = consensus.linkFrom(source);
    if (link !== undefined) yield link;
  }
}

export function votesOfLink({ source, target, signatures }: SupermajorityLink, genesis: Genesis): Vote[] {
  return signatures.map(({ organization, signature }) => ({
    version: 1,
    chainId: chainIdOf(genesis),
    source,
    target,
    organization,
    signature,
  }));
}
