import { runDemo } from '../demo/run-demo.ts';
import type { Command } from '../command.ts';
import { CONFIG_FLAGS, configOf } from '../config-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { DEMO_FOLDER } from '../served-folder.ts';

export const demo: Command = {
  name: 'demo',
  usage: 'clearchart demo [--data DIR] [--reset]',
  does: 'runs four hospitals of made-up people on one ledger, to look around in; what npm start does',
  flags: CONFIG_FLAGS,
  switches: ['reset'],
  positions: { least: 0, most: 0 },
  serves: true,
  async run(parsed) {
    const config = configOf(parsed);
    await runDemo(
      { ...config, data: config.data ?? DEMO_FOLDER },
      {
        reset: parsed.switches.has('reset'),
        onProgress: (words) => process.stderr.write(`${words}\n`),
        onReady: (url) => process.stdout.write(`Clearchart ready at ${url}\n`),
      },
    );
    return EXIT.good;
  },
};
