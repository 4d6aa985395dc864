/** A network of node processes, founded and joined by the command line, and the questions a test asks of all of them at once. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { atEnd, folderPrefix, removeDeadRuns, removeFolder } from './endings.fixture.ts';
import { folderOf, freePort, HERE, NodeProcess, type Place, until } from './processes.fixture.ts';

const NAMES = ['Ash', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Gorse'];
const GOES_ON_WITHIN_MS = 120_000;

export class ProcessNetwork {
  readonly folder = mkdtempSync(folderPrefix());
  readonly #forget = atEnd(() => removeFolder(this.folder));
  readonly nodes: NodeProcess[];
  readonly #extra: NodeProcess[] = [];

  private constructor(nodes: (folder: string) => NodeProcess[]) {
    this.nodes = nodes(this.folder);
  }

  /** All of them running and members. Starting costs a few seconds of a core each, so a test file has one network. */
  static async found(count: number, places: readonly Place[] = [], ports: readonly number[] = []) {
    removeDeadRuns();
    const free = ports.length > 0 ? ports : await Promise.all(Array.from({ length: count }, freePort));
    const network = new ProcessNetwork((folder) =>
      NAMES.slice(0, count).map(
        (name, index) => new NodeProcess(name, folderOf(folder, name), free[index] as number, places[index] ?? HERE),
      ),
    );
    try {
      await network.#found();
    } catch (fault) {
      await network.close();
      throw fault;
    }
    return network;
  }

  async #found(): Promise<void> {
    const [founder, ...joining] = this.nodes;
    if (founder === undefined) throw new Error('a network has a founder');
    await founder.init();
    await founder.start();
    await Promise.all(joining.map((node) => node.init(founder.peerUrl)));
    await Promise.all(joining.map((node) => node.start()));
    for (const [index, node] of joining.entries())
      await this.admit(node.organization, this.nodes.slice(0, index + 1), index + 2);
    await this.equal();
  }

  /** Every voter says yes; until all of them see so many members. */
  async admit(organization: string, voters: readonly NodeProcess[], members: number): Promise<void> {
    const [first, ...others] = voters;
    // It applies by itself, and only at those that it knows: the others find its application in the first vote.
    let refusal = '';
    const isTaken = async (voter: NodeProcess | undefined): Promise<boolean> => {
      const answer = await voter?.tryCommand('members', 'admit', organization);
      refusal = answer?.stderr ?? '';
      return answer?.code === 0;
    };
    await until('the first vote is taken', () => isTaken(first)).catch((fault: Error) =>
      assert.fail(`${fault.message}: ${refusal}`),
    );
    const votes = await Promise.all(others.map(isTaken));
    const enough = Math.floor((2 * voters.length) / 3) + 1;
    assert.ok(1 + votes.filter(Boolean).length >= enough, refusal);
    await until(`there are ${members} members`, async () => {
      const totals = voters.map(async (node) => (await node.get('/api/ledger/nodes/get')).total as number);
      return (await Promise.all(totals)).every((total) => total === members);
    });
  }

  node(index: number): NodeProcess {
    const node = this.nodes[index];
    if (node === undefined) throw new Error(`there is no node ${index}`);
    return node;
  }

  /** A further process that is ended with the others. */
  add(node: NodeProcess): NodeProcess {
    this.#extra.push(node);
    return node;
  }

  /** Until all of these hold the same final block and state and nothing waits. @returns the height */
  async equal(nodes: readonly NodeProcess[] = this.nodes, withinMs = 30_000): Promise<number> {
    let height = 0;
    let last: unknown;
    const isSo = async (): Promise<boolean> => {
      const all = await Promise.all(nodes.map((node) => node.status()));
      last = all.map(({ height: at, finalHeight, stateRoot, pending }) => ({ at, finalHeight, stateRoot, pending }));
      height = all[0]?.finalHeight ?? 0;
      return all.every(
        ({ finalHeight, stateRoot, pending }) =>
          finalHeight === height && stateRoot === all[0]?.stateRoot && pending === 0,
      );
    };
    await until('all are equal', isSo, withinMs).catch((fault: Error) => {
      throw new Error(`${fault.message}: ${JSON.stringify(last)}`);
    });
    return height;
  }

  async final(transactions: readonly string[], nodes = this.nodes, withinMs = 20_000): Promise<void> {
    await until(
      `${transactions.length} transactions are final at ${nodes.map(({ name }) => name).join(', ')}`,
      async () => {
        const words = nodes.flatMap((node) => transactions.map((one) => node.finality(one)));
        return (await Promise.all(words)).every((word) => word === 'final');
      },
      withinMs,
    );
  }

  /** Each writes, and what it writes is final at all of them. @returns the transactions */
  async writeEverywhere(withinMs = GOES_ON_WITHIN_MS): Promise<string[]> {
    const written = await Promise.all(this.nodes.map((node) => node.write()));
    const ids = written.flatMap(({ transactions }) => transactions);
    await this.final(ids, this.nodes, withinMs);
    return ids;
  }

  /** No height with two final blocks among these nodes. */
  async assertOneHistory(nodes: readonly NodeProcess[] = this.nodes): Promise<void> {
    const chains = await Promise.all(nodes.map((node) => headerHashes(node)));
    const shortest = Math.min(...chains.map(({ length }) => length));
    assert.ok(shortest > 0);
    for (const chain of chains) assert.deepEqual(chain.slice(0, shortest), chains[0]?.slice(0, shortest));
  }

  async close(): Promise<void> {
    await Promise.all([...this.nodes, ...this.#extra].map((node) => node.kill()));
    removeFolder(this.folder);
    this.#forget();
  }
}

/** Of each final block from the first on: what the next one names, and the last one's own facts. */
async function headerHashes(node: NodeProcess): Promise<string[]> {
  const all: string[] = [];
  for (let from = 1; ; ) {
    const { headers, height } = await node.get(`/api/ledger/headers?from=${from}&limit=1000`);
    all.push(...headers.map((header: unknown) => JSON.stringify(header)));
    from += headers.length;
    if (headers.length === 0 || from > height) return all;
  }
}
