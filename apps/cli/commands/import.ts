import { resolve } from 'node:path';
import type { ImportReport } from '@clearchart/node';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

const MOST_FILES = 10_000;

export const importBundles: Command = {
  name: 'import',
  usage: 'clearchart import --data DIR FILE…',
  does: 'imports FHIR bundles; the same as posting them to /fhir/R4',
  flags: FOLDER_FLAGS,
  required: ['data'],
  positions: { least: 1, most: MOST_FILES },
  async run(parsed, output) {
    const files = parsed.positions.map((file) => resolve(file));
    const report = (await operate(parsed, output, 'import', { files })) as ImportReport;
    output.result(report, () => {
      const refused = report.refused.map(({ file, entry, outcome }) => {
        const words = outcome.issue.map((issue) => issue.details?.text ?? issue.diagnostics ?? issue.code).join('; ');
        return `refused: ${file}${entry === undefined ? '' : `, entry ${entry}`}: ${words}`;
      });
      return [`${report.bundles} bundles, ${report.resources} resources sealed.`, ...refused].join('\n');
    });
    return report.refused.length === 0 ? EXIT.good : EXIT.no;
  },
};
