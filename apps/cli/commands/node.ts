import { runNode } from '@clearchart/node';
import type { Command } from '../command.ts';
import { CONFIG_FLAGS, configOf } from '../config-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { UsageError } from '../arguments.ts';

export const node: Command = {
  name: 'node',
  usage: 'clearchart node --data DIR [--host H] [--port N]',
  does: "runs a hospital's node",
  flags: CONFIG_FLAGS,
  positions: { least: 0, most: 0 },
  serves: true,
  async run(parsed) {
    const config = configOf(parsed);
    if (config.data === undefined) throw new UsageError('node needs --data');
    await runNode(
      { ...config, data: config.data },
      { onReady: (url) => process.stdout.write(`Clearchart ready at ${url}\n`) },
    );
    return EXIT.good;
  },
};
