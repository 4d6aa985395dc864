/** A member of a running network whose key is a script's: it was admitted like any other. */
import assert from 'node:assert/strict';
import { ByzantinePeer, type Other } from './byzantine-peer.fixture.ts';
import { application, type Fields, type Header, headerHash, hex, type Place } from './byzantine-wire.fixture.ts';
import type { ProcessNetwork } from './network.fixture.ts';
import { HERE, type NodeProcess, until } from './processes.fixture.ts';

export type Known = Header & Place;

const BANNED_WITHIN_MS = 45_000;

export interface LyingMember {
  readonly liar: ByzantinePeer;
  /** Of the genesis file. */
  readonly target: string;
  readonly honest: readonly Other[];
}

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
  return {
    liar,
    target: genesis.target,
    honest: network.nodes.map(({ url, organization }) => ({ url, organization })),
  };
}

export async function finalHeader(node: NodeProcess): Promise<Known> {
  const { finalHeight } = await node.status();
  const { headers } = await node.get(`/api/ledger/headers?from=${finalHeight}&limit=1`);
  return { ...headers[0], hash: headerHash(headers[0]) };
}

/** The head of all, when they agree and rest; of those the liar was told of. */
export async function commonHead(network: ProcessNetwork, liar: ByzantinePeer): Promise<Known> {
  let found: Known | undefined;
  await until('all rest at one head', async () => {
    const all = await Promise.all(network.nodes.map((node) => node.status()));
    const header = liar.headers[all[0]?.height ?? 0] as Header | undefined;
    if (header === undefined || all.some(({ headHash }) => headHash !== headerHash(header))) return false;
    found = { ...header, hash: headerHash(header) };
    return true;
  });
  return found as Known;
}

/** Whether the state of each node proves that one of them reported two votes of it for this height. */
export async function isReported({ nodes }: ProcessNetwork, organization: string, height: number): Promise<boolean> {
  const entry = encodeURIComponent(`misbehaviour/${organization}/double-vote/${height}`);
  const proofs = await Promise.all(nodes.map((node) => node.get(`/api/ledger/state/${entry}/proof`)));
  const reporters = proofs.map(({ stateProof }) => stateProof.value?.reportedBy as string | undefined);
  return reporters.every((one) => nodes.some((node) => node.organization === one));
}

/** Says it until it is banned: from then on nothing is taken. By default it claims a chain that it then is asked for. */
export async function untilBanned(
  liar: ByzantinePeer,
  other: Other,
  parts: Fields = { tips: [{ height: 10 ** 6, hash: hex(32) }] },
): Promise<void> {
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
