import { fetchInvitation, foundNetwork } from '@clearchart/node';
import { flag, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { keyOptions } from '../key-options.ts';
import { EXIT } from '../exit-codes.ts';
import { trustedInvitation } from '../what-is-trusted.ts';

export const init: Command = {
  name: 'init',
  usage: 'clearchart init --data DIR --name "City Hospital" --admin-email a@x.example [--join URL [--chain CHAINID]]',
  does: 'founds a network of one hospital in an empty folder, or joins one',
  flags: {
    data: 'the folder of the new node; empty or not there yet',
    name: 'the name of the hospital',
    'admin-email': 'e-mail of the first administrator',
    join: "address of a member's node: joins its network instead of founding one",
    chain: 'chain id of that network, as the inviting hospital told it; without it compare what is printed',
    keys: 'folder for the node key (by default DIR.keys)',
    'passphrase-file': 'keep the node key under the passphrase in this file',
  },
  required: ['data', 'name', 'admin-email'],
  positions: { least: 0, most: 0 },
  async run(parsed, output) {
    const url = parsed.flags['join'];
    if (url === undefined && parsed.flags['chain'] !== undefined) throw new UsageError('--chain goes with --join');
    const invitation = url === undefined ? undefined : await fetchInvitation(url, parsed.flags['chain']);
    const founded = await foundNetwork({
      dataFolder: flag(parsed, 'data'),
      name: flag(parsed, 'name'),
      administratorEmail: flag(parsed, 'admin-email'),
      ...(invitation === undefined ? {} : { invitation }),
      ...keyOptions(parsed),
    });
    output.result(founded, () =>
      [
        url === undefined
          ? `Founded ${flag(parsed, 'name')}.`
          : `${flag(parsed, 'name')} will join the network of ${url}.`,
        `Chain         ${founded.chainId}`,
        `Organization  ${founded.organizationId}`,
        '',
        ...trustedInvitation(url, parsed.flags['chain']),
        `Start it with: clearchart node --data ${flag(parsed, 'data')}`,
        `Then open ${founded.enrolUrl} at the node's address, once, to become its first administrator.`,
        ...(url === undefined
          ? []
          : [
              'While it runs it asks to be admitted; the members vote on their node pages or with "clearchart members admit".',
            ]),
      ].join('\n'),
    );
    return EXIT.good;
  },
};
