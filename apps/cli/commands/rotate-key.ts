import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

export const rotateKey: Command = {
  name: 'rotate-key',
  usage: 'clearchart rotate-key --data DIR',
  does: 'gives the hospital a new key on the ledger; make a backup afterwards',
  flags: FOLDER_FLAGS,
  required: ['data'],
  positions: { least: 0, most: 0 },
  async run(parsed, output) {
    const ballot = (await operate(parsed, output, 'rotate-key', {})) as { finality: string };
    output.result(ballot, () =>
      ballot.finality === 'final'
        ? 'The hospital signs with its new key. A backup of before does not hold it: make one now.'
        : 'The new key waits for enough hospitals. Until then the old one is used; make a backup when "status" shows it final.',
    );
    return EXIT.good;
  },
};
