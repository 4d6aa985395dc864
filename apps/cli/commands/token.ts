import type { CreatedToken } from '@clearchart/node';
import { flag, position, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

const ROLES = ['system', 'practitioner', 'patient'];

export const token: Command = {
  name: 'token',
  usage: 'clearchart token create --data DIR --role system|practitioner|patient [--person FHIR-ID] [--days N]',
  does: 'makes a token for a program; it is shown once',
  flags: {
    ...FOLDER_FLAGS,
    role: ROLES.join(', '),
    person: 'FHIR id of the practitioner or patient the token acts for',
    days: 'how long it is good (30 by default, 366 at most)',
  },
  required: ['data', 'role'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    if (position(parsed, 0) !== 'create') throw new UsageError(`usage: ${this.usage}`);
    const role = flag(parsed, 'role');
    if (!ROLES.includes(role)) throw new UsageError(`--role is one of ${ROLES.join(', ')}`);
    const days = Number(parsed.flags['days'] ?? '30');
    if (!Number.isInteger(days) || days < 1 || days > 366)
      throw new UsageError('--days is a whole number from 1 to 366');
    const person = parsed.flags['person'];
    if ((person === undefined) !== (role === 'system')) {
      throw new UsageError(role === 'system' ? 'a system token takes no --person' : `a ${role} token needs --person`);
    }
    const created = (await operate(parsed, output, 'token-create', { role, person, days })) as CreatedToken;
    output.result(created, () => `${created.token}\n\nGood until ${created.expires}. It is not shown again.`);
    return EXIT.good;
  },
};
