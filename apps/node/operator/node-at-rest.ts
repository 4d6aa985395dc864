/** Opens a folder where no node runs, for one operation of the command line. */
import { startDefinitions } from '../clinical/index.ts';
import { systemClock, systemTimers } from '../clock.ts';
import { assertFolderFree, type HospitalOptions, openHospital } from '../compose.ts';
import type { Operate } from './control-socket.ts';
import { operationsOf } from './operations.ts';

export async function withNodeAtRest<Result>(
  options: HospitalOptions,
  work: (operate: Operate) => Promise<Result>,
): Promise<Result> {
  assertFolderFree(options.dataFolder);
  const definitions = await startDefinitions();
  try {
    const hospital = await openHospital(options, {
      clock: systemClock,
      timers: systemTimers,
      definitions,
      onFault: (words, fault) =>
        process.stderr.write(`${words}: ${fault instanceof Error ? fault.message : String(fault)}\n`),
      onNote: (words) => process.stderr.write(`${words}\n`),
    });
    try {
      return await work(operationsOf(hospital));
    } finally {
      await hospital.close();
    }
  } finally {
    await definitions.close();
  }
}
