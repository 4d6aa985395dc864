// Several hospitals as node processes on folders of their own, founded, joined and voted in as their operators would.
import { askRunningNode, fetchInvitation, foundNetwork } from '@clearchart/node';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type NodeProcess, startNode, systemToken } from './node-process.ts';

const ADMITTED_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 100;

export interface HospitalProcess {
  readonly node: NodeProcess;
  readonly token: string;
}

interface Folder {
  readonly path: string;
  readonly organization: string;
}

/** All of them members, each at its own final block with the same set. */
export async function startHospitals(parent: string, count: number): Promise<HospitalProcess[]> {
  const nodes: NodeProcess[] = [];
  const folders: Folder[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const [founder] = nodes;
      const joined = founder === undefined ? {} : { invitation: await fetchInvitation(founder.url, undefined) };
      const path = join(parent, `hospital-${index}`);
      const facts = { dataFolder: path, name: `Bench Hospital ${index}`, administratorEmail: 'desk@bench.example' };
      const { organizationId } = await foundNetwork({ ...facts, ...joined });
      nodes.push(await startNode('node', path));
      if (index > 0) await admit(organizationId, folders, nodes);
      folders.push({ path, organization: organizationId });
    }
    const tokens = await Promise.all(folders.map(({ path }) => systemToken(path)));
    return nodes.map((node, index) => ({ node, token: tokens[index] ?? '' }));
  } catch (fault) {
    await Promise.all(nodes.map((node) => node.stop()));
    throw fault;
  }
}

async function admit(organization: string, voters: readonly Folder[], nodes: readonly NodeProcess[]): Promise<void> {
  const isVoted = voters.map(() => false);
  await until(async () => {
    for (const [index, { path }] of voters.entries()) isVoted[index] ||= await vote(path, organization);
    const all = await Promise.all(nodes.map(({ url }) => membersAt(url)));
    return all.every((members) => members > voters.length);
  });
}

/** Refused while its application has not come, and when others have admitted it already. */
async function vote(folder: string, organization: string): Promise<boolean> {
  const request = { operation: 'members-admit', parameters: { organization } };
  return await askRunningNode(folder, request, () => {}).then(
    () => true,
    () => false,
  );
}

async function membersAt(url: string): Promise<number> {
  return ((await (await fetch(`${url}/api/ledger/nodes/get`)).json()) as { total: number }).total;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + ADMITTED_WITHIN_MS; !(await isSo()); await pause(LOOK_AGAIN_MS))
    if (performance.now() > end) throw new Error('A hospital was not admitted in time');
}
