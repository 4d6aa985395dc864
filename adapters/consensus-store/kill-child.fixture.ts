/** Saves one vote after the other and says each that was saved; made to be killed. */
import { openConsensusStore } from './index.ts';
import { block, chainId, vote } from './votes.fixture.ts';

export const KILL_CHILD = import.meta.filename;

function saveForEver(path: string): void {
  const store = openConsensusStore(path, chainId, { isNewChain: true });
  if (!store.knowsOwnVotes) throw new Error('the own votes are not known any more');
  for (let height = (store.ownVotes().at(-1)?.target.height ?? 0) + 1; ; height += 1) {
    store.saveVote(vote(height - 1, height), [block(height)], []);
    process.stdout.write(`${height}\n`);
  }
}

if (import.meta.main) saveForEver(process.argv[2] ?? '');
