import { foundNetwork } from '@clearchart/node';
import { flag } from '../arguments.ts';
import type { Command } from '../command.ts';
import { keyOptions } from '../key-options.ts';
import { EXIT } from '../exit-codes.ts';

export const init: Command = {
  name: 'init',
  usage: 'clearchart init --data DIR --name "City Hospital" --admin-email a@x.example',
  does: 'founds a network of one hospital in an empty folder',
  flags: {
    data: 'the folder of the new node; empty or not there yet',
    name: 'the name of the hospital',
    'admin-email': 'e-mail of the first administrator',
    keys: 'folder for the node key (by default DIR.keys)',
    'passphrase-file': 'keep the node key under the passphrase in this file',
  },
  required: ['data', 'name', 'admin-email'],
  positions: { least: 0, most: 0 },
  async run(parsed, output) {
    const founded = await foundNetwork({
      dataFolder: flag(parsed, 'data'),
      name: flag(parsed, 'name'),
      administratorEmail: flag(parsed, 'admin-email'),
      ...keyOptions(parsed),
    });
    output.result(founded, () =>
      [
        `Founded ${flag(parsed, 'name')}.`,
        `Chain         ${founded.chainId}`,
        `Organization  ${founded.organizationId}`,
        '',
        `Start it with: clearchart node --data ${flag(parsed, 'data')}`,
        `Then open ${founded.enrolUrl} at the node's address, once, to become its first administrator.`,
      ].join('\n'),
    );
    return EXIT.good;
  },
};
