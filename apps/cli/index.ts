/**
 * The command line: `clearchart COMMAND [flags] [files]`. Loading a node takes a second or more, so a folder in
 * use is told before anything of it is loaded; once loaded, the lock itself decides.
 */
import { FolderInUse, isFolderInUse } from '@clearchart/folder-lock';
import type { CommandLineHooks } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { servedFolder } from './served-folder.ts';

/** Ends the process with the command's exit code. */
export async function runCommandLine(argv: readonly string[], hooks: CommandLineHooks = {}): Promise<never> {
  const folder = servedFolder(argv, process.env);
  if (folder !== undefined && isFolderInUse(folder)) {
    process.stderr.write(`${new FolderInUse(folder).message}\n`);
    process.exit(EXIT.folderInUse);
  }
  const { run } = await import('./run.ts');
  process.exit(await run(argv, hooks));
}
