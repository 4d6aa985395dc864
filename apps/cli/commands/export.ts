import { resolve } from 'node:path';
import { flag, position } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { FOLDER_FLAGS, operate } from '../operate.ts';

export const exportPatient: Command = {
  name: 'export',
  usage: 'clearchart export --data DIR --patient FHIR-ID FILE',
  does: "writes every version of one patient's record with its receipt, as one file for verify",
  flags: { ...FOLDER_FLAGS, patient: 'FHIR id of the patient' },
  required: ['data', 'patient'],
  positions: { least: 1, most: 1 },
  async run(parsed, output) {
    const file = resolve(position(parsed, 0));
    const exported = (await operate(parsed, output, 'export', { patient: flag(parsed, 'patient'), file })) as {
      versions: number;
      waiting: number;
      file: string;
    };
    output.result(exported, () => `${exported.versions} versions written to ${exported.file}.`);
    return EXIT.good;
  },
};
