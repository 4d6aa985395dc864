// What a byzantine member may do. The careful acts are such as its peers cannot see through at once; the crude ones get it banned.
import { toHex, utf8 } from '@clearchart/crypto';
import type { Block, Header, Link, OrganizationId, Signature, Vote } from '@clearchart/ledger';
import type { Coverage } from '../coverage.ts';
import type { EventQueue } from '../event-queue.ts';
import { type ByzantineMember, checkpointOf } from './byzantine-member.ts';
import { message } from './wire.ts';

/** What it counts as; undefined when there was nothing to do. */
type Act = (member: ByzantineMember) => keyof Coverage | undefined;

/** As an honest member would, along with the others. */
const voteAlong: Act = (member) => {
  const link = member.links.at(-1);
  if (link === undefined) return undefined;
  member.send(member.peers(), message({ votes: [member.vote(link)] }));
  return 'otherByzantineActs';
};

/** Two votes of one height, each to a part of the others or both to all. */
const voteTwice: Act = (member) => {
  const [one, other] = member.rivals();
  const link = member.links.at(-1);
  if (one === undefined || other === undefined || link === undefined) return undefined;
  const votes = [one, other].map((block) =>
    member.vote({ source: sourceBelow(member, block), target: checkpointOf(block) }),
  );
  sendApart(member, votes);
  return 'doubleVotes';
};

/** A link and one around it. */
const voteAround: Act = (member) => {
  const links = member.links.slice(-20);
  for (const inner of links) {
    const outer = links.find(
      (one) => one.source.height < inner.source.height || one.target.height > inner.target.height,
    );
    if (outer === undefined) continue;
    const around: Link = {
      source: outer.source.height < inner.source.height ? outer.source : { height: 0, hash: member.chainId },
      target: outer.target.height > inner.target.height ? outer.target : (links.at(-1) as Link).target,
    };
    if (around.source.height >= inner.source.height || around.target.height <= inner.target.height) continue;
    sendApart(member, [member.vote(inner), member.vote(around)]);
    return 'surroundVotes';
  }
  return undefined;
};

/** Two valid blocks on one parent, each to a part of the others. */
const rivalBlocks: Act = (member) => {
  const parent = parentOf(member);
  if (parent === undefined) return undefined;
  const blocks = [member.block(parent), member.block(parent)];
  for (const block of blocks) member.know(block);
  const halves = member.halves();
  for (const [index, block] of blocks.entries()) {
    const vote = member.vote({ source: sourceBelow(member, block), target: checkpointOf(block) });
    member.send(halves[index] ?? [], message({ blocks: [block], votes: member.random.chance(0.7) ? [vote] : [] }));
  }
  return 'rivalBlocks';
};

/** The transactions of another's block, in a block of its own beside it. */
const copyBlock: Act = (member) => {
  const original = member.tip;
  const parent = original && member.blocks.get(original.header.previousHash);
  if (original === undefined || parent === undefined) return undefined;
  const { stateRoot, memberSetHash } = original.header;
  const copy = member.block(parent, original.transactions, { stateRoot, memberSetHash });
  member.know(copy);
  member.send(member.halves()[0], message({ blocks: [copy] }));
  return 'rivalBlocks';
};

/** A chain of its own that it shows late. */
const withhold = (member: ByzantineMember, queue: EventQueue): keyof Coverage | undefined => {
  let parent = parentOf(member);
  if (parent === undefined) return undefined;
  const chain: Block[] = [];
  for (let count = 1 + member.random.below(5); count > 0; count -= 1) {
    parent = member.block(parent);
    chain.push(parent);
  }
  queue.plan(200 + member.random.below(6_000), () => {
    const to = member.random.chance(0.5) ? member.peers() : member.halves()[0];
    for (const block of chain) {
      member.know(block);
      member.send(to, message({ blocks: [block] }));
    }
  });
  return 'otherByzantineActs';
};

const voteForNothing: Act = (member) => {
  const link = member.links.at(-1);
  if (link === undefined) return undefined;
  const target = { height: link.target.height + 1 + member.random.below(3), hash: toHex(member.random.bytes(32)) };
  member.send(member.peers(), message({ votes: [member.vote({ source: link.target, target })] }));
  return 'otherByzantineActs';
};

const replay: Act = (member) => {
  if (member.messages.length === 0) return undefined;
  member.send(member.halves()[0], member.random.pick(member.messages));
  return 'otherByzantineActs';
};

const lieAboutHeight: Act = (member) => {
  const tips = [{ height: 1_000_000_000, hash: toHex(member.random.bytes(32)) }];
  member.send(member.peers(), message({ tips }));
  return 'otherByzantineActs';
};

/** A good transaction that only one of the others hears of. */
const whisper: Act = (member) => {
  const transaction = member.hospital.transaction(member.now());
  member.send([member.random.pick(member.peers())], message({ transactions: [transaction] }));
  return 'otherByzantineActs';
};

/** Says that it is far ahead; whoever asks gets more blocks than anybody else has. */
export const showLongChain: Act = (member) => {
  member.answers = member.random.pick(['nonsense-chain', 'other-history']);
  const tips = [{ height: (member.tip?.header.height ?? 0) + 40, hash: toHex(member.random.bytes(32)) }];
  member.send(member.peers(), message({ tips }));
  return 'otherByzantineActs';
};

const changeAnswers: Act = (member) => {
  member.answers = member.random.pick(['nothing', 'garbage', 'its-chain', 'nonsense-chain', 'other-history']);
  return 'otherByzantineActs';
};

const forgeVotes: Act = (member) => {
  const link = member.links.at(-1);
  if (link === undefined) return undefined;
  const votes = member.peers().map((peer): Vote => member.vote(link, peer));
  member.send(member.halves()[0], message({ votes }));
  return 'otherByzantineActs';
};

/** A good block with a transaction in it that the ledger refuses and that leaves the state alone. */
const refusedTransaction: Act = (member) => {
  const parent = parentOf(member);
  if (parent === undefined) return undefined;
  const block = member.block(parent, [member.hospital.badTransaction(member.now())]);
  member.send(member.peers(), message({ blocks: [block] }));
  return 'otherByzantineActs';
};

const wrongBlock: Act = (member) => {
  const parent = parentOf(member);
  if (parent === undefined) return undefined;
  const { random } = member;
  const changes = random.pick<Partial<Header>>([
    { stateRoot: toHex(random.bytes(32)) as Header['stateRoot'] },
    { time: parent.header.time },
    { height: parent.header.height + 2 },
    { proposer: random.pick(member.peers()) },
    { memberSetHash: toHex(random.bytes(32)) as Header['memberSetHash'] },
  ]);
  const block = member.block(parent, [], changes);
  const unsigned = { ...block, header: { ...block.header, signature: '11'.repeat(64) as Signature } };
  member.send(member.halves()[0], message({ blocks: [random.chance(0.2) ? unsigned : block] }));
  return 'otherByzantineActs';
};

/** Transactions that are no good, and much of what nobody has. */
const flood: Act = (member) => {
  const { random } = member;
  const transactions = Array.from({ length: 20 }, () => member.hospital.badTransaction(member.now()));
  const target = () => ({ height: 1 + random.below(200), hash: toHex(random.bytes(32)) });
  const source = { height: 0, hash: member.chainId };
  const votes = Array.from({ length: 20 }, () => member.vote({ source, target: target() }));
  member.send(member.halves()[0], message({ transactions, votes }));
  return 'otherByzantineActs';
};

const garbage: Act = (member) => {
  member.send(member.peers(), member.random.chance(0.5) ? utf8('{"votes":[') : member.random.bytes(200));
  return 'otherByzantineActs';
};

const CAREFUL_ACTS: readonly Act[] = [
  voteAlong,
  voteAlong,
  voteAlong,
  voteTwice,
  voteTwice,
  voteAround,
  rivalBlocks,
  rivalBlocks,
  copyBlock,
  voteForNothing,
  replay,
  lieAboutHeight,
  whisper,
];
const CRUDE_ACTS: readonly Act[] = [
  changeAnswers,
  showLongChain,
  forgeVotes,
  refusedTransaction,
  wrongBlock,
  flood,
  garbage,
];

/** Crude ones seldom at first, or a run would see little of the careful ones. */
const CAREFUL_UNTIL_MS = 30_000;

/** Does one thing; says what it counts as. */
export function misbehave(member: ByzantineMember, queue: EventQueue): keyof Coverage | undefined {
  const { random } = member;
  if (random.chance(0.1)) return withhold(member, queue);
  return random.pick(random.chance(queue.nowMs < CAREFUL_UNTIL_MS ? 0.02 : 0.2) ? CRUDE_ACTS : CAREFUL_ACTS)(member);
}

/** The newest block that it knows, now and then the one before. */
function parentOf(member: ByzantineMember): Block | undefined {
  const { tip } = member;
  if (tip === undefined || !member.random.chance(0.3)) return tip;
  return member.blocks.get(tip.header.previousHash) ?? tip;
}

/** A source that others have used, below the block. */
function sourceBelow(member: ByzantineMember, { header }: Block): Link['source'] {
  const sources = member.links.map(({ source }) => source).filter(({ height }) => height < header.height);
  return sources.at(-1) ?? { height: 0, hash: member.chainId };
}

function sendApart(member: ByzantineMember, votes: readonly Vote[]): void {
  const halves: readonly (readonly OrganizationId[])[] = member.halves();
  if (member.random.chance(0.5)) member.send(member.peers(), message({ votes }));
  else for (const [index, vote] of votes.entries()) member.send(halves[index] ?? [], message({ votes: [vote] }));
}
