import type { RenewedEnrolment } from '@clearchart/node';
import { position, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

export const enrolment: Command = {
  name: 'enrolment',
  usage: 'clearchart enrolment renew --data DIR [--admin-email a@x.example]',
  does: 'makes a new code for the first administrator, if none has come in yet',
  flags: {
    ...FOLDER_FLAGS,
    'admin-email': 'e-mail of the first administrator (by default the one given before)',
  },
  required: ['data'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    if (position(parsed, 0) !== 'renew') throw new UsageError(`usage: ${this.usage}`);
    const email = parsed.flags['admin-email'];
    const parameters = email === undefined ? {} : { email };
    const renewed = (await operate(parsed, output, 'enrolment-renew', parameters)) as RenewedEnrolment;
    output.result(renewed, () =>
      [
        `Open ${renewed.enrolUrl} at the node's address, once, to become its first administrator.`,
        `Good until ${renewed.expires}. Codes made before no longer work.`,
      ].join('\n'),
    );
    return EXIT.good;
  },
};
