/**
 * A hospital that has voted for a block which is not final, dies, and is restored from a backup older than that vote, while nobody who heard it
 * can be reached: offered another block of the same height, it neither votes nor builds, until the others have told it what it forgot.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { HeardVote } from './byzantine-peer.fixture.ts';
import type { Place } from './byzantine-wire.fixture.ts';
import { historyLie, type LyingMember, lyingMember, type Made } from './liar.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { until } from './processes.fixture.ts';

/** Past the second that the next block waits for its parent's votes, and all members' turns to make it. */
const WOULD_ACT_WITHIN_MS = 4_000;
const RETURNS_WITHIN_MS = 90_000;

let network: ProcessNetwork;
let member: LyingMember;

before(async () => {
  network = await ProcessNetwork.found(3);
  member = await lyingMember(network);
});
after(async () => {
  await member?.liar.close();
  await network?.close();
});

/** L75, written a second time. */
function contradict(one: HeardVote, other: HeardVote): boolean {
  const isSame = one.source.hash === other.source.hash && one.target.hash === other.target.hash;
  const surrounds = (outer: HeardVote, inner: HeardVote): boolean =>
    outer.source.height < inner.source.height && outer.target.height > inner.target.height;
  return !isSame && (one.target.height === other.target.height || surrounds(one, other) || surrounds(other, one));
}

const linkOf = ({ source, target }: HeardVote): string => `${source.hash} ${target.hash}`;

test('L74, L75: restored from a backup older than its vote for a block that is not final, a hospital signs nothing against that vote, makes no block, and takes part again when it was told how it voted', async (t) => {
  const { liar } = member;
  const [first, second, third] = [network.node(0), network.node(1), network.node(2)];
  const votesOfSecond = (): HeardVote[] => liar.votes.filter((one) => one.organization === second.organization);
  const passphrase = join(network.folder, 'passphrase');
  writeFileSync(passphrase, 'a long passphrase of the operator');
  const file = join(network.folder, 'old.tar');
  await network.writeEverywhere();
  await second.command('backup', '--backup-passphrase-file', passphrase, file);
  const written = await network.writeEverywhere();
  await network.equal();

  // The liar never votes: without the third, nothing more becomes final, and the vote lies above the final block.
  const rest = await member.commonHead();
  const known = await member.historyOf(first);
  assert.equal(known.blocks.length, rest.height);
  await third.kill();
  const own = await second.write();
  await until('it has voted above what all know', () =>
    votesOfSecond().some(({ target }) => target.height > rest.height),
  );
  // Messages to one peer go in order (N10): who knows this write has heard the vote before it.
  const later = await second.write();
  await until(
    'the first has heard it too',
    async () => (await first.finality(later.transactions[0] ?? '')) !== 'unknown',
  );
  first.suspend();
  await second.kill();
  const forgotten = new Set(votesOfSecond().map(linkOf));
  const highest = Math.max(...votesOfSecond().map(({ target }) => target.height));
  const blocksBefore = liar.proposers.length;
  assert.ok(highest > rest.height);
  t.diagnostic(`final ${rest.height - 1}, voted for ${highest}`);

  second.data = join(network.folder, 'restored');
  await second.command('restore', file, '--backup-passphrase-file', passphrase);
  let rival: Made | undefined;
  liar.lie = ({ kind, locator }) => {
    if (kind === 'votes') return Buffer.from('[]');
    if (kind !== 'chain') return Buffer.from('null');
    // Of this moment: nobody votes for an old block.
    rival ??= member.made(rest);
    const blocks = [...known.blocks, { ...rival.block, header: rival.header }];
    return historyLie({ ...known, blocks }, locator as Place[]).said;
  };
  await second.start();
  await until('it follows the other block of that height', async () => {
    await liar.message(
      { url: second.url, organization: second.organization },
      { tips: [{ height: 10 ** 6, hash: '0'.repeat(64) }] },
    );
    return rival !== undefined && (await second.status()).headHash === rival.hash;
  });
  const since = await second.write();
  await new Promise((over) => setTimeout(over, WOULD_ACT_WITHIN_MS));
  assert.deepEqual(
    votesOfSecond().filter((one) => !forgotten.has(linkOf(one))),
    [],
    'it votes though it has forgotten how it voted',
  );
  assert.ok(!liar.proposers.slice(blocksBefore).includes(second.organization));
  const { finalHeight, headHash } = await second.status();
  assert.deepEqual(
    [finalHeight, headHash],
    [rest.height - 1, rival?.hash],
    'it is up to date, and built nothing on it',
  );

  first.resume();
  await third.start();
  const ids = [...written, ...own.transactions, ...later.transactions, ...since.transactions];
  await network.final(ids, network.nodes, RETURNS_WITHIN_MS);
  await network.writeEverywhere(RETURNS_WITHIN_MS);
  await network.equal();
  await network.assertOneHistory();
  const all = votesOfSecond();
  assert.ok(
    all.some(({ target }) => target.height > highest),
    'it votes again',
  );
  assert.deepEqual(
    all.filter((one) => all.some((other) => contradict(one, other))),
    [],
  );
  for (const node of network.nodes) assert.deepEqual((await node.command('members', 'list')).evidence, []);
});
