/** `npm start`: hospitals of made-up people on one ledger, in a folder of their own, ready to look around in. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoHospital as ShownHospital, DemoPeople } from '@clearchart/api';
import {
  type Config,
  ConfigFault,
  foundNetwork,
  isDemoFolder,
  keysFolderOf,
  type Node,
  openTamperLab,
  runNode,
} from '@clearchart/node';
import { demoHospital, otherDemoHospitals } from '@clearchart/demo';
import { createEnroller } from './enroller.ts';
import { importOthers } from './import-others.ts';
import { type OtherHospital, startOthers } from './other-hospitals.ts';
import { type DemoAccount, PEOPLE_FILE, readAccounts, writeAccounts } from './people-file.ts';
import { SEED, seedDemo } from './seed.ts';

export interface DemoHooks {
  readonly reset: boolean;
  readonly onReady: (url: string) => void;
  readonly onProgress: (words: string) => void;
}

export async function runDemo(config: Config & { readonly data: string }, hooks: DemoHooks): Promise<void> {
  const folder = config.data;
  const peopleFile = join(folder, PEOPLE_FILE);
  const keysFolder = config.keys ?? keysFolderOf(folder);
  if (existsSync(folder)) {
    if (!isDemoFolder(folder)) throw new ConfigFault([`${folder} is not a demo's folder; name another with --data`]);
    // A demo that was interrupted while its first hospital was filled is made anew.
    if (hooks.reset || !existsSync(peopleFile)) {
      rmSync(folder, { recursive: true, force: true });
      rmSync(keysFolder, { recursive: true, force: true });
    }
  }
  const today = Date.now();
  const offset = -new Date(today).getTimezoneOffset();
  let enrolmentCode: string | undefined;
  if (!existsSync(folder)) {
    const { hospital, administrator } = demoHospital(0, today);
    const founded = await foundNetwork({
      dataFolder: folder,
      keysFolder,
      name: hospital.name,
      administratorEmail: administrator.email,
      demo: true,
    });
    enrolmentCode = founded.enrolUrl.split('#')[1];
  }
  let running: readonly Node[] = [];
  const lab = openTamperLab(() => running.map(labHospital));
  await runNode(config, {
    demo: true,
    lab,
    onReady: hooks.onReady,
    async prepare(node, definitions) {
      const enroller = createEnroller();
      if (enrolmentCode !== undefined) {
        hooks.onProgress('Making people who do not exist…');
        let accounts: readonly DemoAccount[] = [];
        await seedDemo({
          node,
          made: demoHospital(SEED, today, offset),
          enroller,
          known: [],
          enrolmentCode,
          onAccount: (all) => {
            accounts = all;
          },
        });
        writeAccounts(peopleFile, accounts);
      }
      const written = readAccounts(peopleFile);
      const own = written
        .filter(({ hospital }) => hospital === undefined || hospital === node.hospital.name)
        .map((account) => ({ ...account, hospital: node.hospital.name, url: node.url }));
      const others = startOthers({
        first: node,
        config,
        keysFolder,
        definitions,
        enroller,
        lab,
        made: otherDemoHospitals(SEED, today, offset),
        tell: hooks.onProgress,
        onChanged: (hospitals) => {
          running = [node, ...hospitals.flatMap((other) => other.node ?? [])];
          writeAccounts(peopleFile, [...own, ...hospitals.flatMap(({ accounts }) => accounts)]);
          showEverywhere(node, own, hospitals);
        },
      });
      const stopImport = importOthers(node, today, others.begun);
      return async () => {
        await Promise.all([others.close(), stopImport()]);
      };
    },
  });
}

function labHospital({ hospital }: Node) {
  const { organization, name, folder, reader } = hospital;
  return { organization, name, folder, height: reader.height, readBlock: (height: number) => reader.block(height) };
}

/** Each hospital's page shows its own people, and the others by name. */
function showEverywhere(first: Node, own: readonly DemoAccount[], others: readonly OtherHospital[]): void {
  const { hospital } = demoHospital(0, 0);
  const all = [
    { node: first, accounts: own, shown: shownOf(hospital, own, 'up', first.url) },
    ...others.map(({ made, node, accounts, state }) => ({
      node,
      accounts,
      shown: shownOf(made.hospital, made.logins, state, node?.url),
    })),
  ];
  for (const { node, accounts, shown } of all) {
    const hospitals = all.flatMap((other) => (other.shown === shown ? [] : [other.shown]));
    node?.setDemoPeople({ people: accounts.map(personOf), hospitals });
  }
}

function shownOf(
  { name, city }: { readonly name: string; readonly city: string },
  people: readonly { readonly name: string; readonly role: DemoAccount['role'] }[],
  state: ShownHospital['state'],
  url: string | undefined,
): ShownHospital {
  return {
    name,
    town: city,
    state,
    ...(url === undefined ? {} : { url }),
    people: people.map((person) => ({ name: person.name, role: person.role })),
  };
}

function personOf({ role, name, email, password, about, patientId }: DemoAccount): DemoPeople['people'][number] {
  return { role, name, email, password, about, ...(patientId === undefined ? {} : { patientId }) };
}
