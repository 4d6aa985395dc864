/** What an operator may ask of a node, running or at rest: one name each, parameters parsed strictly. */
import { z } from 'zod';
import { createToken } from '../accounts/index.ts';
import type { Hospital } from '../hospital.ts';
import { backUp } from './backup.ts';
import type { Operate } from './control-socket.ts';
import { exportPatient } from './export.ts';
import { importFiles } from './import.ts';

const path = z.string().min(1).max(4096);
const importParameters = z.strictObject({ files: z.array(path).min(1).max(10_000) });
const exportParameters = z.strictObject({ patient: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/), file: path });
const backupParameters = z.strictObject({ file: path, passphrase: z.string().min(1).max(1024).optional() });
const tokenParameters = z.strictObject({
  role: z.enum(['system', 'practitioner', 'patient']),
  person: z
    .string()
    .regex(/^((Patient|Practitioner)\/)?[A-Za-z0-9.-]{1,64}$/)
    .optional(),
  days: z.number().int().min(1).max(366),
});

/** How long an operation at rest waits for what it wrote to become final. */
const SETTLE_MS = 60_000;

export function operationsOf(hospital: Hospital): Operate {
  return async ({ operation, parameters }, onProgress) => {
    switch (operation) {
      case 'status':
        return hospital.reader.status();
      case 'import': {
        const report = await importFiles(hospital.clinical, importParameters.parse(parameters).files, onProgress);
        await hospital.settled(SETTLE_MS);
        return report;
      }
      case 'export': {
        const { patient, file } = exportParameters.parse(parameters);
        await hospital.settled(SETTLE_MS);
        return await exportPatient(hospital, patient, file, onProgress);
      }
      case 'backup': {
        const { file, passphrase } = backupParameters.parse(parameters);
        return await backUp(hospital, file, passphrase, onProgress);
      }
      case 'token-create':
        return await createToken(hospital, tokenParameters.parse(parameters));
      default:
        throw new Error(`there is no operation ${operation}`);
    }
  };
}
