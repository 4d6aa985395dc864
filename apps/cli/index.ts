import { failureOf, parseArguments, UsageError } from './arguments.ts';
import { COMMANDS, helpOf, helpOfAll } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { createOutput } from './output.ts';

async function run(argv: readonly string[]): Promise<number> {
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
  return await command.run(parsed, createOutput(parsed.json));
}

/** The command line: `clearchart COMMAND [flags] [files]`; ends the process with the command's exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<never> {
  try {
    process.exit(await run(argv));
  } catch (fault) {
    const { code, words } = failureOf(fault);
    process.stderr.write(`${words}\n`);
    // Workers of what has failed half-way may still be alive.
    process.exit(code);
  }
}
