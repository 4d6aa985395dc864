import { checkDataFolder } from '@clearchart/node';
import { position } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { keyOptions } from '../key-options.ts';
import { yesOrNo } from '../output.ts';

const FAULTS_SHOWN = 50;

export const checkLedger: Command = {
  name: 'check-ledger',
  usage: 'clearchart check-ledger DIR',
  does: 'reads every block and record anew and compares; the node may run on',
  flags: {
    keys: 'folder of the node key (by default DIR.keys)',
    'passphrase-file': 'file with the passphrase of the node key',
  },
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const report = await checkDataFolder(
      { dataFolder: position(parsed, 0), ...keyOptions(parsed) },
      output.progress('checking'),
    );
    output.result(report, () =>
      [
        yesOrNo(
          report.ok,
          report.ok
            ? 'Yes: every block, record and index row is as it was written.'
            : `No: ${report.faults.length} faults.`,
        ),
        `Height ${report.height}, state root ${report.stateRoot}`,
        ...report.faults.slice(0, FAULTS_SHOWN).map(({ code, where, detail }) => `${code} at ${where}: ${detail}`),
      ].join('\n'),
    );
    return report.ok ? EXIT.good : EXIT.no;
  },
};
