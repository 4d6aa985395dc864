/** A network of hospitals in one process for tests: real nodes on real folders, speaking HTTP over loopback. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRejection, type OrganizationId } from '@clearchart/ledger';
import { type Definitions, startDefinitions } from './clinical/index.ts';
import { foundNetwork } from './compose-operator.ts';
import { createNode, type Node } from './create-node.ts';
import { fetchInvitation } from './operator/invitation.ts';

export interface TestNetworkOptions {
  /** Where the hospitals' folders are made; one of its own, removed at the end, when it is missing. */
  readonly folder?: string;
  readonly definitions?: Definitions;
  /** Transactions that whoever starts must lack to join by a snapshot. */
  readonly snapshotFrom?: number;
}

export interface TestNetwork {
  /** In the order in which they became members; undefined for one that is stopped. */
  readonly nodes: readonly (Node | undefined)[];
  /** Lines of every operator's log. */
  readonly log: readonly string[];
  /** One that is known to run. */
  node(index: number): Node;
  folderOf(index: number): string;
  organizationOf(index: number): OrganizationId;
  stop(index: number): Promise<void>;
  /** At the address it had. @throws what forbids the start. */
  start(index: number): Promise<Node>;
  /** Until those that run are at the same final block and state, this one or a later one. @throws Error after the time. */
  equal(atLeast?: number, withinMs?: number): Promise<{ readonly height: number; readonly stateRoot: string }>;
  close(): Promise<void>;
}

const LOOK_AGAIN_MS = 50;
const MEMBER_WITHIN_MS = 60_000;
const EQUAL_WITHIN_MS = 30_000;

/** Founds with the first, lets the others join one after another; resolves when all are members and equal. */
export async function startNetwork(count: number, options: TestNetworkOptions = {}): Promise<TestNetwork> {
  const parent = options.folder ?? mkdtempSync(join(tmpdir(), 'clearchart-network-'));
  const definitions = options.definitions ?? (await startDefinitions());
  const nodes: (Node | undefined)[] = [];
  const organizations: OrganizationId[] = [];
  const ports: number[] = [];
  const log: string[] = [];
  const folderOf = (index: number): string => join(parent, `hospital-${index + 1}`);

  async function start(index: number): Promise<Node> {
    const started = await createNode(
      {
        dataFolder: folderOf(index),
        host: '127.0.0.1',
        port: ports[index] ?? 0,
        logLevel: 'error',
        ...(options.snapshotFrom === undefined ? {} : { snapshotFrom: options.snapshotFrom }),
      },
      { definitions, logLine: (line) => log.push(`${index + 1}: ${line}`) },
    );
    nodes[index] = started;
    ports[index] = Number(new URL(started.url).port);
    return started;
  }

  function node(index: number): Node {
    const found = nodes[index];
    if (found === undefined) throw new Error(`hospital ${index + 1} does not run`);
    return found;
  }

  async function stop(index: number): Promise<void> {
    const running = nodes[index];
    nodes[index] = undefined;
    await running?.close();
  }

  const running = (): Node[] => nodes.filter((one) => one !== undefined);

  async function equal(atLeast = 0, withinMs = EQUAL_WITHIN_MS) {
    return until(withinMs, 'the copies did not become equal', () => {
      const heads = running().map(({ hospital: { state } }) => `${state.height} ${toText(state.root)}`);
      const { finalHeight: height, stateRoot } = running()[0]?.hospital.engine.status() ?? {
        finalHeight: 0,
        stateRoot: '',
      };
      return new Set(heads).size === 1 && height >= atLeast ? { height, stateRoot } : undefined;
    });
  }

  async function becomeMember(index: number): Promise<void> {
    const isFirst = index === 0;
    const { organizationId } = await foundNetwork({
      dataFolder: folderOf(index),
      name: `Hospital ${index + 1}`,
      administratorEmail: 'desk@hospital.example',
      ...(isFirst ? {} : { invitation: await fetchInvitation(node(0).url, undefined) }),
    });
    organizations[index] = organizationId as OrganizationId;
    await start(index);
    if (isFirst) return;
    for (let voter = 0; voter < index; voter += 1) await admit(voter, organizations[index]);
    await until(MEMBER_WITHIN_MS, `hospital ${index + 1} did not become a member`, () => {
      // Who joins next is told only of members that have announced their addresses: at once, not in their own time.
      for (const { hospital, url } of running()) hospital.members.announce(url);
      return running().every(({ hospital }) => {
        const { members } = hospital.peers.view();
        const areAll = members.every(({ standing, address }) => standing === 'member' && address !== undefined);
        return areAll && members.length === index + 1;
      });
    });
    await equal();
  }

  async function admit(voter: number, candidate: OrganizationId): Promise<void> {
    await until(MEMBER_WITHIN_MS, 'a vote was not taken', async () => {
      const { hospital } = node(voter);
      if (hospital.peers.view().members.some(({ organization }) => organization === candidate)) return true;
      const answer = await hospital.members.admit(candidate);
      return !isRejection(answer) || answer.code === 'ballot-already-cast';
    });
  }

  async function close(): Promise<void> {
    await Promise.allSettled(nodes.map((_, index) => stop(index)));
    if (options.definitions === undefined) await definitions.close();
    if (options.folder === undefined) rmSync(parent, { recursive: true, force: true });
  }

  try {
    for (let index = 0; index < count; index += 1) await becomeMember(index);
  } catch (fault) {
    await close();
    throw fault;
  }
  return {
    nodes,
    log,
    node,
    folderOf,
    organizationOf: (index) => organizations[index] as OrganizationId,
    stop,
    start,
    equal,
    close,
  };
}

async function until<Result>(
  withinMs: number,
  words: string,
  look: () => Result | undefined | false | Promise<Result | undefined | false>,
): Promise<Result> {
  for (const end = Date.now() + withinMs; ; await pause(LOOK_AGAIN_MS)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(words);
  }
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
