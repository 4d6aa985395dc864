import { fetchInvitation, readPassphrase, restoreBackup } from '@clearchart/node';
import { flag, position, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

export const restore: Command = {
  name: 'restore',
  usage: 'clearchart restore FILE --data NEWDIR [--backup-passphrase-file FILE] [--join URL --chain CHAINID]',
  does: 'makes a new data folder from a backup',
  flags: {
    data: 'the new folder; empty or not there yet',
    keys: 'folder for the node key (by default NEWDIR.keys)',
    join: "address of a member's node: for a backup that was made before others joined",
    chain: 'chain id of the network; goes with --join',
    'backup-passphrase-file': 'the passphrase under which the backup keeps the node key',
  },
  required: ['data'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const keysFolder = parsed.flags['keys'] ?? process.env['CLEARCHART_KEYS'];
    const passphraseFile = parsed.flags['backup-passphrase-file'];
    const url = parsed.flags['join'];
    const chain = parsed.flags['chain'];
    if ((url === undefined) !== (chain === undefined)) throw new UsageError('--join and --chain go together');
    const invitation = url === undefined ? undefined : await fetchInvitation(url, chain);
    const report = await restoreBackup({
      file: position(parsed, 0),
      dataFolder: flag(parsed, 'data'),
      ...(invitation === undefined ? {} : { peers: invitation.peers }),
      ...(keysFolder === undefined ? {} : { keysFolder }),
      ...(passphraseFile === undefined ? {} : { passphrase: readPassphrase(passphraseFile) }),
    });
    output.result(report, () =>
      [
        `Restored at height ${report.height}, state root ${report.stateRoot}.`,
        ...(report.keyRestored ? [] : [`Put the node's folder of keys at ${report.keysFolder} before it starts.`]),
      ].join('\n'),
    );
    return EXIT.good;
  },
};
