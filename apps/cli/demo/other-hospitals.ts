/**
 * The demo's other hospitals, in the same process as the first: founded and admitted at the first start, each with a port, a data
 * folder and keys of its own. What fails at one of them is told and stops that one only.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoHospital as ShownHospital } from '@clearchart/api';
import type { DemoHospital } from '@clearchart/demo';
import {
  type Config,
  createNode,
  type Definitions,
  foundNetwork,
  type Node,
  nodeConfigOf,
  operationsOf,
  type TamperLab,
} from '@clearchart/node';
import { admit, isMember } from './admission.ts';
import type { Enroller } from './enroller.ts';
import { type DemoAccount, PEOPLE_FILE, readAccounts, writeAccounts } from './people-file.ts';
import { seedDemo } from './seed.ts';

const FOLDER = 'hospitals';
const HIGHEST_PORT = 65_535;

export interface OtherHospital {
  readonly made: DemoHospital;
  readonly state: ShownHospital['state'];
  /** While it is up. */
  readonly node?: Node;
  readonly accounts: readonly DemoAccount[];
}

export interface OthersOptions {
  readonly first: Node;
  /** Of the first. */
  readonly config: Config & { readonly data: string };
  readonly keysFolder: string;
  readonly definitions: Definitions;
  readonly made: readonly DemoHospital[];
  readonly enroller: Enroller;
  readonly lab: TamperLab;
  readonly tell: (words: string) => void;
  readonly onChanged: (others: readonly OtherHospital[]) => void;
}

export interface OtherHospitals {
  /** Resolves when each is up or has failed. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

interface Place {
  readonly made: DemoHospital;
  readonly folder: string;
  readonly keys: string;
  readonly port: number;
}

export function startOthers(options: OthersOptions): OtherHospitals {
  const { first, config, keysFolder, definitions, enroller, lab, tell } = options;
  const stopping = new AbortController();
  const running = new Map<DemoHospital, Node>();
  const shown = new Map<DemoHospital, OtherHospital>();
  const places = options.made.map((made, index): Place => {
    const port = config.port + 1 + index;
    return {
      made,
      folder: join(config.data, FOLDER, made.key),
      keys: join(keysFolder, made.key),
      port: config.port === 0 || port > HIGHEST_PORT ? 0 : port,
    };
  });

  function show(place: Place, state: ShownHospital['state'], node?: Node): void {
    const accounts = readAccounts(join(place.folder, PEOPLE_FILE)).map((account) => ({
      ...account,
      url: node?.url ?? account.url,
    }));
    shown.set(place.made, { made: place.made, state, accounts, ...(node === undefined ? {} : { node }) });
    options.onChanged(options.made.flatMap((made) => shown.get(made) ?? []));
  }

  async function stop(place: Place, words: string, fault: unknown): Promise<void> {
    if (stopping.signal.aborted) return;
    tell(`${place.made.hospital.name} ${words}: ${fault instanceof Error ? fault.message : String(fault)}`);
    show(place, 'stopped');
    const node = running.get(place.made);
    running.delete(place.made);
    await node?.close().catch((second: unknown) => tell(String(second)));
  }

  /** What fails at one hospital ends its way, not the others'. */
  async function each(words: string, act: (place: Place) => Promise<void>): Promise<void> {
    const going = places.filter(({ made }) => shown.get(made)?.state !== 'stopped');
    await Promise.all(going.map((place) => act(place).catch((fault: unknown) => stop(place, words, fault))));
  }

  async function open(place: Place): Promise<void> {
    const { made, folder, keys, port } = place;
    if (!existsSync(folder)) await found(place, first);
    // Addresses that are the first hospital's alone.
    const { peerUrl: _peerUrl, publicUrl: _publicUrl, ...shared } = config;
    const node = await createNode(nodeConfigOf({ ...shared, data: folder, keys, port }), { definitions, lab });
    for (const other of [first, ...running.values()]) {
      other.hospital.peers.tell(node.hospital.organization, node.url);
      node.hospital.peers.tell(other.hospital.organization, other.url);
    }
    running.set(made, node);
    void node.hospital.failed.then((fault) => stop(place, 'stopped after a fault', fault));
  }

  async function fill({ made, folder }: Place): Promise<void> {
    const node = running.get(made);
    if (node === undefined) return;
    const file = join(folder, PEOPLE_FILE);
    const known = readAccounts(file);
    if (known.length < made.logins.length) {
      await seedDemo({
        node,
        made,
        enroller,
        known,
        enrolmentCode: await renewedCode(node),
        onAccount: (accounts) => writeAccounts(file, accounts),
      });
    }
  }

  async function begin(): Promise<void> {
    if (places.some(({ folder }) => !existsSync(folder))) enroller.begin();
    await each('does not start', open);
    for (const place of places) {
      const node = running.get(place.made);
      if (node === undefined || isMember(node)) continue;
      const members = [first, ...running.values()].filter(isMember);
      await admit(node, members, stopping.signal).catch((fault: unknown) => stop(place, 'is not admitted', fault));
      if (stopping.signal.aborted) return;
    }
    await each('cannot be filled', async (place) => {
      await fill(place);
      const node = running.get(place.made);
      if (node !== undefined && !stopping.signal.aborted) show(place, 'up', node);
    });
    await enroller.close();
  }

  for (const place of places) show(place, 'starting');
  const begun = begin();
  begun.catch((fault: unknown) => tell(String(fault)));
  return {
    begun,
    async close() {
      stopping.abort();
      await enroller.close();
      await begun.catch(() => {});
      const closed = await Promise.allSettled([...running.values()].map((node) => node.close()));
      for (const one of closed) if (one.status === 'rejected') tell(String(one.reason));
    },
  };
}

/** The folder appears whole or not at all: one that is there may stand for a member of the network and is never thrown away. */
async function found({ made, folder, keys }: Place, first: Node): Promise<void> {
  const { organization, reader } = first.hospital;
  const [founder] = reader.genesis.members;
  if (founder === undefined) throw new Error('the genesis file names no member');
  const making = `${folder}.new`;
  for (const left of [making, keys]) rmSync(left, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true, mode: 0o700 });
  await foundNetwork({
    dataFolder: making,
    keysFolder: keys,
    name: made.hospital.name,
    administratorEmail: made.administrator.email,
    demo: true,
    invitation: {
      genesis: reader.genesis,
      peers: [{ organization, publicKey: founder.publicKey, address: first.url }],
    },
  });
  renameSync(making, folder);
}

/** Undefined when the administrator has come in before. */
async function renewedCode({ hospital }: Node): Promise<string | undefined> {
  if (hospital.accounts.accounts.count(undefined, 'administrator') > 0) return undefined;
  const renewed = await operationsOf(hospital)({ operation: 'enrolment-renew', parameters: {} }, () => {});
  return (renewed as { enrolUrl: string }).enrolUrl.split('#')[1];
}
