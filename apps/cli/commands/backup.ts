import { resolve } from 'node:path';
import { type BackupReport, readPassphrase } from '@clearchart/node';
import { position } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

export const backup: Command = {
  name: 'backup',
  usage: 'clearchart backup --data DIR [--backup-passphrase-file FILE] FILE',
  does: 'writes a consistent copy of the node into one file; the node may run on',
  flags: { ...FOLDER_FLAGS, 'backup-passphrase-file': 'also keep the node key in the file, under this passphrase' },
  required: ['data'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const passphraseFile = parsed.flags['backup-passphrase-file'];
    const report = (await operate(parsed, output, 'backup', {
      file: resolve(position(parsed, 0)),
      ...(passphraseFile === undefined ? {} : { passphrase: readPassphrase(passphraseFile) }),
    })) as BackupReport;
    output.result(report, () =>
      [
        `Backed up at height ${report.height}, state root ${report.stateRoot}.`,
        report.holdsKey
          ? 'The node key is in it, under the passphrase.'
          : 'The node key is NOT in it: keep a copy of the folder of keys elsewhere, or nothing in this backup can be opened.',
      ].join('\n'),
    );
    return EXIT.good;
  },
};
