/** Every command of the command line; one file each under commands/. */
import type { Command } from './command.ts';
import { backup } from './commands/backup.ts';
import { checkLedger } from './commands/check-ledger.ts';
import { demo } from './commands/demo.ts';
import { enrolment } from './commands/enrolment.ts';
import { exportPatient } from './commands/export.ts';
import { importBundles } from './commands/import.ts';
import { init } from './commands/init.ts';
import { members } from './commands/members.ts';
import { node } from './commands/node.ts';
import { restore } from './commands/restore.ts';
import { rotateKey } from './commands/rotate-key.ts';
import { status } from './commands/status.ts';
import { token } from './commands/token.ts';
import { verify } from './commands/verify.ts';

export const COMMANDS: readonly Command[] = [
  backup,
  checkLedger,
  demo,
  enrolment,
  exportPatient,
  importBundles,
  init,
  members,
  node,
  restore,
  rotateKey,
  status,
  token,
  verify,
];

export function helpOf(command: Command): string {
  const flags = Object.entries({ ...command.flags, json: 'answer with one line of JSON' });
  const lines = flags.map(([name, meaning]) => `  --${name.padEnd(18)} ${meaning}`);
  return `${command.does}\n\nusage: ${command.usage}\n\n${lines.join('\n')}\n`;
}

export function helpOfAll(): string {
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(14)} ${command.does}`);
  return `Clearchart: a health-record network that a patient can check.\n\n${lines.join('\n')}\n\nclearchart COMMAND --help tells more.\n`;
}
