/** Joins by a snapshot in the folder that it is given, and kills itself at the part or the rest that it is told; else says what it got. */
import { nodeVerifier } from '@clearchart/node-crypto';
import { parseSnapshotQuestion } from '@clearchart/ledger';
import { openJoined } from '../compose-snapshots.ts';
import { genesis, organization, TestLedger } from './giving.fixture.ts';

const [folder = '', what, at] = process.argv.slice(2);
const left = { parts: Number.POSITIVE_INFINITY, rests: Number.POSITIVE_INFINITY };
if (what === 'parts' || what === 'rests') left[what] = Number(at);

function count(one: 'parts' | 'rests'): void {
  left[one] -= 1;
  if (left[one] < 0) process.kill(process.pid, 'SIGKILL');
}

const ledger = new TestLedger();
for (let block = 0; block < 4; block += 1) ledger.mine(900);
const giver = ledger.giver('given');
const { clock, timers } = ledger.time;
let parts = 0;
const joined = await openJoined({
  folder,
  genesis,
  verifier: nodeVerifier,
  peers: () => [organization],
  nameOf: () => undefined,
  async ask(_peer, question) {
    const answer = (await giver.answer(organization, question)) ?? new Uint8Array();
    // Not where a part is divided.
    if (parseSnapshotQuestion(question)?.kind !== 'state-part' || answer.length < 1_000) return answer;
    count('parts');
    parts += 1;
    return answer;
  },
  fetch: async (_peer, place) => ledger.after(place),
  known: undefined,
  own: { height: 0, transactionCount: 0 },
  least: 1,
  clock,
  timers: {
    after(delayMs, act) {
      // Only what the joining side waits for between its own steps.
      if (delayMs === 0) count('rests');
      return timers.after(delayMs, act);
    },
  },
  onNote: (words) => process.stderr.write(`${words}\n`),
  onDamage: (damage) => {
    throw damage;
  },
});
const { height = 0, root = new Uint8Array() } = joined?.state ?? {};
const isSame = Buffer.compare(root, ledger.state.root) === 0;
process.stdout.write(JSON.stringify({ parts, height, isSame, blocks: joined?.blocks.height }));
joined?.state.close();
await joined?.blocks.close();
await giver.close();
ledger.close();
