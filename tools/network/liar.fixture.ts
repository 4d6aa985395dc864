/** A member of a running network whose key is a script's: it was admitted like any other. */
import assert from 'node:assert/strict';
import type { Network } from '@clearchart/api';
import { askRunningNode } from '@clearchart/node';
import { ByzantinePeer, type HeardBlock, type Lie, type Other } from './byzantine-peer.fixture.ts';
import {
  application,
  block,
  type Fields,
  type Forgery,
  type Header,
  headerHash,
  hex,
  type Key,
  type Place,
  vote,
} from './byzantine-wire.fixture.ts';
import type { ProcessNetwork } from './network.fixture.ts';
import { HERE, type NodeProcess, until } from './processes.fixture.ts';

export type Known = Header & Place;
export type Made = ReturnType<typeof block>;

const BANNED_WITHIN_MS = 45_000;
/** Fewer than it may: when the last of a history is refused, the votes for the first ones have been heard. */
const ANSWER_BLOCKS = 32;

/** @param host Where the nodes reach this process. */
export async function lyingMember(network: ProcessNetwork, host = HERE.host): Promise<LyingMember> {
  const { chainId } = await network.node(0).status();
  const { genesis } = await network.node(0).get('/api/ledger/genesis');
  const liar = new ByzantinePeer(chainId);
  const address = await liar.listen(host);
  const body = application(chainId, 'Hospital Liar', address, liar.key);
  const answer = await network.node(0).request('/api/ledger/nodes/apply', { method: 'POST', body, isAnonymous: true });
  assert.equal(answer.status, 202, answer.text);
  await network.admit(liar.organization, network.nodes, network.nodes.length + 1);
  return new LyingMember(network, liar, genesis.target);
}

export class LyingMember {
  readonly liar: ByzantinePeer;
  readonly honest: readonly Other[];
  readonly #network: ProcessNetwork;
  /** Of the genesis file. */
  readonly #target: string;

  constructor(network: ProcessNetwork, liar: ByzantinePeer, target: string) {
    this.#network = network;
    this.liar = liar;
    this.#target = target;
    this.honest = network.nodes.map(({ url, organization }) => ({ url, organization }));
  }

  /** A block on this one, good but for what the forgery says. */
  made(parent: Known, forgery: Forgery = {}, proposer = this.liar.organization): Made {
    const { chainId, key } = this.liar;
    return block({ chainId, target: this.#target, proposer, key, parent }, forgery);
  }

  voteFor(source: Place, target: Place, key: Key = this.liar.key, organization = this.liar.organization): Fields {
    const placeOf = ({ height, hash }: Place): Place => ({ height, hash });
    return vote(this.liar.chainId, organization, placeOf(source), placeOf(target), key);
  }

  toAll<T>(act: (other: Other) => Promise<T>): Promise<T[]> {
    return Promise.all(this.honest.map(act));
  }

  /** The head of all, when they agree and rest; of those the liar was told of. */
  async commonHead(): Promise<Known> {
    let found: Known | undefined;
    await until('all rest at one head', async () => {
      const all = await Promise.all(this.#network.nodes.map((node) => node.status()));
      const header = this.liar.blocks[all[0]?.height ?? 0]?.header;
      if (header === undefined || all.some(({ headHash }) => headHash !== headerHash(header))) return false;
      found = knownOf(header);
      return true;
    });
    return found as Known;
  }

  /** Says it until it is banned: from then on nothing is taken. By default it claims a chain that it then is asked for. */
  async untilBanned(other: Other, parts: Fields = { tips: [{ height: 10 ** 6, hash: hex(32) }] }): Promise<void> {
    const { liar } = this;
    const said = new Map<number, number>();
    const asked = liar.questions;
    const isBanned = async (): Promise<boolean> => {
      const { status } = await liar.message(other, parts);
      said.set(status, (said.get(status) ?? 0) + 1);
      return status === 403;
    };
    await until('it is banned', isBanned, BANNED_WITHIN_MS).catch((fault: Error) =>
      assert.fail(`${fault.message}: answers ${JSON.stringify([...said])}, asked ${liar.questions - asked} times`),
    );
  }

  /** The whole chain as this node tells it when it is asked as one that has nothing. */
  async historyOf({ url, organization }: NodeProcess): Promise<History> {
    const blocks: HeardBlock[] = [];
    const links: Fields[] = [];
    for (;;) {
      const last = blocks.at(-1)?.header;
      const place = last === undefined ? { height: 0, hash: this.liar.chainId } : knownOf(last);
      const locator = [{ height: place.height, hash: place.hash }];
      const { status, body } = await this.liar.ask({ url, organization }, { kind: 'chain', locator });
      assert.equal(status, 200, body.toString());
      const told = JSON.parse(body.toString()) as History;
      blocks.push(...told.blocks);
      links.push(...told.links);
      if (told.blocks.length === 0) return { blocks, links, votes: told.votes };
    }
  }

  /** How this node stands to it: how often it banned it, and for what. */
  async standingAt(node: NodeProcess): Promise<{ bans: number; blamedFor: string[] }> {
    // What the command asks too; a process for each of so many questions would cost more than all the rest.
    const answer = await askRunningNode(node.data, { operation: 'members', parameters: {} }, () => undefined);
    assert.ok(answer, 'the node runs');
    const { members } = answer.result as Network;
    const found = members.find(({ organization }) => organization === this.liar.organization);
    return { bans: found?.bans ?? 0, blamedFor: found?.blamedFor ?? [] };
  }
}

export const knownOf = (header: Header): Known => ({ ...header, hash: headerHash(header) });

export async function finalHeader(node: NodeProcess): Promise<Known> {
  const { finalHeight } = await node.status();
  const { headers } = await node.get(`/api/ledger/headers?from=${finalHeight}&limit=1`);
  return knownOf(headers[0]);
}

/** What a member may be told of a chain: blocks from the first on, and the votes that make them final. */
export interface History {
  readonly blocks: readonly HeardBlock[];
  readonly links: readonly Fields[];
  readonly votes: readonly Fields[];
}

/** What follows the first place of the question that lies on this history. */
export function historyLie({ blocks, links, votes }: History, locator: readonly Place[]): { said: Lie; count: number } {
  const hashes = blocks.map(({ header }) => headerHash(header));
  const isTold = ({ height, hash }: Place): boolean => height === 0 || hashes[height - 1] === hash;
  const known = locator.find(isTold)?.height ?? 0;
  const told = blocks.slice(known, known + ANSWER_BLOCKS);
  const tip = { height: blocks.length, hash: hashes.at(-1) };
  return { said: Buffer.from(JSON.stringify({ blocks: told, links, votes, tip })), count: told.length };
}

/** Whether the state of each node proves that one of them reported two votes of it for this height. */
export async function isReported({ nodes }: ProcessNetwork, organization: string, height: number): Promise<boolean> {
  const entry = encodeURIComponent(`misbehaviour/${organization}/double-vote/${height}`);
  const proofs = await Promise.all(nodes.map((node) => node.get(`/api/ledger/state/${entry}/proof`)));
  const reporters = proofs.map(({ stateProof }) => stateProof.value?.reportedBy as string | undefined);
  return reporters.every((one) => nodes.some((node) => node.organization === one));
}
