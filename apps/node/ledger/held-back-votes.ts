/** The consensus store of a node that has lost its copy of the ledger and not its votes. */
import type { ConsensusStore } from '@clearchart/ledger';

/**
 * The same store, but it says that it does not know its own votes until the other members have told them: then the node neither
 * votes nor makes blocks before it has caught up. A founder whose ledger is empty would else be alone again, and begin another
 * history.
 */
export function holdBackVotes(store: ConsensusStore): ConsensusStore {
  let isToldByOthers = false;
  return {
    get knowsOwnVotes() {
      return isToldByOthers && store.knowsOwnVotes;
    },
    tipBlocks: () => store.tipBlocks(),
    ownVotes: () => store.ownVotes(),
    saveVote: (vote, blocks) => store.saveVote(vote, blocks),
    remember(votes) {
      store.remember(votes);
      isToldByOthers = true;
    },
    settle: (finalHeight, links) => store.settle(finalHeight, links),
    linkFrom: (height) => store.linkFrom(height),
    addEvidence: (evidence) => store.addEvidence(evidence),
    evidence: () => store.evidence(),
    close: () => store.close(),
  };
}
