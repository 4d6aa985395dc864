/** `npm start`: a hospital of made-up people in a folder of its own, ready to look around in. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigFault, foundNetwork, isDemoFolder, keysFolderOf, runNode } from '@clearchart/node';
import { demoHospital } from '@clearchart/demo';
import { type DemoAccount, seedDemo } from './seed.ts';
import { importOthers } from './import-others.ts';

const PEOPLE_FILE = 'demo-people.json';

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
    // A demo that was interrupted while it was filled has lost the code of its administrator: it is made anew.
    if (hooks.reset || !existsSync(peopleFile)) {
      rmSync(folder, { recursive: true, force: true });
      rmSync(keysFolder, { recursive: true, force: true });
    }
  }
  const today = Date.now();
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
  await runNode(config, {
    demo: true,
    onReady: hooks.onReady,
    async prepare(node) {
      if (enrolmentCode !== undefined) {
        const made = await seedDemo({ node, enrolmentCode, today, onProgress: hooks.onProgress });
        writeFileSync(peopleFile, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
      }
      node.setDemoPeople(readPeople(peopleFile));
      return importOthers(node, today);
    },
  });
}

function readPeople(file: string) {
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
  return accounts.map(({ role, name, email, password, about, patientId }) => ({
    role,
    name,
    email,
    password,
    about,
    ...(patientId === undefined ? {} : { patientId }),
  }));
}
