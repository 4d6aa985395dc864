/** Saves one vote after the other and says each that was saved; made to be killed. */
import { openConsensusStore } from './index.ts';
import { block, chainId, vote } from './votes.fixture.ts';

const [path = ''] = process.argv.slice(2);
const store = openConsensusStore(path, chainId, { isNewChain: true });
if (!store.knowsOwnVotes) throw new Error('the own votes are not known any more');
for (let height = (store.ownVotes().at(-1)?.target.height ?? 0) + 1; ; height += 1) {
  store.saveVote(vote(height - 1, height), [block(height)]);
  process.stdout.write(`${height}\n`);
}
