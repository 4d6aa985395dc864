import type { LedgerStatus } from '@clearchart/api';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

export const status: Command = {
  name: 'status',
  usage: 'clearchart status --data DIR',
  does: 'tells height, finality and state root of the ledger',
  flags: FOLDER_FLAGS,
  required: ['data'],
  positions: { least: 0, most: 0 },
  async run(parsed, output) {
    const answer = (await operate(parsed, output, 'status', {})) as LedgerStatus;
    output.result(answer, () =>
      [
        `Chain       ${answer.chainId}`,
        `Height      ${answer.height} (final ${answer.finalHeight})`,
        `State root  ${answer.stateRoot}`,
        `Waiting     ${answer.pending}`,
        `Hospitals   ${answer.members.map(({ name }) => name).join(', ')}`,
      ].join('\n'),
    );
    return EXIT.good;
  },
};
