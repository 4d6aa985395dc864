import { readPassphrase, restoreBackup } from '@clearchart/node';
import { flag, position } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

export const restore: Command = {
  name: 'restore',
  usage: 'clearchart restore FILE --data NEWDIR [--backup-passphrase-file FILE]',
  does: 'makes a new data folder from a backup',
  flags: {
    data: 'the new folder; empty or not there yet',
    keys: 'folder for the node key (by default NEWDIR.keys)',
    'backup-passphrase-file': 'the passphrase under which the backup keeps the node key',
  },
  required: ['data'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const keysFolder = parsed.flags['keys'] ?? process.env['CLEARCHART_KEYS'];
    const passphraseFile = parsed.flags['backup-passphrase-file'];
    const report = await restoreBackup({
      file: position(parsed, 0),
      dataFolder: flag(parsed, 'data'),
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
