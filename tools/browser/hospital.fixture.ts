/**
 * A hospital for journeys: a real node in this process, founded but not yet enrolled. It can be stopped and started again on
 * the same address, also on another folder: what a dishonest or restored node would do.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoHospital } from '@clearchart/demo';
import { createNode, foundNetwork, type Node, operationsOf, startDefinitions } from '@clearchart/node';

const SEED = 2026;
const RECORD_NUMBERS = 'https://citygeneral.example/record-numbers';

export type TokenRole = 'system' | 'practitioner' | 'patient';

/** FHIR ids of Meera Kulkarni and Baldev Singh. */
export interface People {
  readonly meera: string;
  readonly baldev: string;
}

export interface Hospital {
  readonly url: string;
  readonly chainId: string;
  /** Path with the one-time code of the first administrator. */
  readonly enrolPath: string;
  /** Two of the demo's patients and the directory that their records name. */
  importPeople(): Promise<People>;
  token(role: TokenRole, person?: string): Promise<string>;
  /** Writes one more resource, and waits until it is final. */
  write(): Promise<void>;
  /** Writes until the ledger is at least `height` blocks long. */
  growTo(height: number): Promise<void>;
  height(): Promise<number>;
  stopServing(): Promise<void>;
  /** Serves again, on the given port. */
  serve(port: number): Promise<void>;
  /** A copy of all that is on disk, keys included; only while it does not serve. */
  copyTo(folder: string): Promise<void>;
  /** Puts such a copy in the place of what is on disk. */
  replaceBy(folder: string): Promise<void>;
}

export interface Founding {
  /** As a demo its letters can be read, and its passwords are nobody's secret. */
  readonly demo?: boolean;
  /** The machine's own when it is missing. */
  readonly clock?: { now(): number };
  /** IANA name; the machine's own when it is missing. */
  readonly timeZone?: string;
}

/** Hospitals of one test file: they share the FHIR definitions and one temporary folder. */
export class Hospitals {
  readonly #definitions = startDefinitions();
  readonly #root = mkdtemp(join(tmpdir(), 'clearchart-journeys-'));
  readonly #stop: (() => Promise<void>)[] = [];

  async folder(name: string): Promise<string> {
    return join(await this.#root, name);
  }

  async found(name: string, { demo = false, clock, timeZone }: Founding = {}): Promise<Hospital> {
    const definitions = await this.#definitions;
    const home = await this.folder(name);
    const dataFolder = join(home, 'data');
    const founded = await foundNetwork({ dataFolder, name, administratorEmail: 'desk@city.example', demo });
    let node: Node | undefined;
    const running = (): Node => {
      if (node === undefined) throw new Error(`${name} does not serve`);
      return node;
    };
    async function serve(port: number): Promise<void> {
      node = await createNode(
        { dataFolder, host: '127.0.0.1', port, logLevel: 'warn', ...(timeZone === undefined ? {} : { timeZone }) },
        { definitions, logLine: () => {}, ...(clock === undefined ? {} : { clock }) },
      );
    }
    async function stopServing(): Promise<void> {
      await node?.close();
      node = undefined;
    }
    async function token(role: TokenRole, person?: string): Promise<string> {
      const made = await operationsOf(running().hospital)(
        { operation: 'token-create', parameters: { role, days: 1, ...(person === undefined ? {} : { person }) } },
        () => {},
      );
      return (made as { token: string }).token;
    }
    async function height(): Promise<number> {
      const answer = await fetch(`${running().url}/api/ledger/status`);
      return ((await answer.json()) as { height: number }).height;
    }
    async function write(): Promise<void> {
      const answer = await fetch(`${running().url}/fhir/R4/Location`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await token('system')}`,
          'content-type': 'application/fhir+json',
          prefer: 'respond-final',
        },
        body: JSON.stringify({ resourceType: 'Location', status: 'active', name: 'Ward 3' }),
      });
      if (answer.status !== 201) throw new Error(`a write was answered with ${answer.status}`);
    }
    await serve(0);
    this.#stop.push(stopServing);
    return {
      get url() {
        return running().url;
      },
      chainId: founded.chainId,
      enrolPath: founded.enrolUrl,
      importPeople: () => importPeople(running()),
      token,
      write,
      async growTo(wanted) {
        while ((await height()) < wanted) await write();
      },
      height,
      stopServing,
      serve,
      copyTo: (folder) => cp(home, folder, { recursive: true }),
      async replaceBy(folder) {
        await rm(home, { recursive: true });
        await cp(folder, home, { recursive: true });
      },
    };
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) await stop();
    await (await this.#definitions).close();
    await rm(await this.#root, { recursive: true, force: true });
  }
}

async function importPeople(node: Node): Promise<People> {
  const made = demoHospital(SEED, Date.now());
  await node.importBundle(made.directory);
  const idOf = async (key: string): Promise<string> => {
    const person = made.patients.find((one) => one.key === key);
    if (person === undefined) throw new Error(`the demo has no ${key}`);
    await node.importBundle(person.bundle);
    const patient = person.bundle.entry?.find(({ resource }) => resource?.resourceType === 'Patient')?.resource;
    const { identifier } = patient as unknown as { identifier: { value: string }[] };
    const id = await node.findByIdentifier('Patient', RECORD_NUMBERS, identifier[0]?.value ?? '');
    if (id === undefined) throw new Error(`${key} was not imported`);
    return id;
  };
  return { meera: await idOf('meera-kulkarni'), baldev: await idOf('baldev-singh') };
}
