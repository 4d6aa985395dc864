import type { CommandLineHooks } from './command.ts';
import { failureOf, parseArguments, UsageError } from './arguments.ts';
import { COMMANDS, helpOf, helpOfAll } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { createOutput } from './output.ts';

/** Does what the words say and resolves to the exit code; what went wrong is told on stderr. */
export async function run(argv: readonly string[], hooks: CommandLineHooks): Promise<number> {
  try {
    return await runCommand(argv, hooks);
  } catch (fault) {
    const { code, words } = failureOf(fault);
    process.stderr.write(`${words}\n`);
    return code;
  }
}

async function runCommand(argv: readonly string[], { beforeServing }: CommandLineHooks): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(helpOfAll());
    return name === undefined ? EXIT.usage : EXIT.good;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new UsageError(`there is no command "${name}"; --help lists them`);
  if (rest.includes('--help')) {
    process.stdout.write(helpOf(command));
    return EXIT.good;
  }
  const parsed = parseArguments(command, rest);
  if (command.serves === true) await beforeServing?.();
  return await command.run(parsed, createOutput(parsed.json));
}
