/** One patient's record, every version with its receipt and what opens its commitment, as one file for `verify`. */
import { open } from 'node:fs/promises';
import { toHex } from '@clearchart/crypto';
import type { Opening, Receipt } from '@clearchart/ledger';
import type { VersionWithOpening } from '../clinical/index.ts';
import type { Hospital } from '../hospital.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';
import { asPathRefusal, OperatorRefusal } from './refusal.ts';

export interface ExportReport {
  readonly file: string;
  readonly versions: number;
  /** Versions left out because their anchor is not in a block yet. */
  readonly waiting: number;
}

/** @throws OperatorRefusal when there is no such patient, or the file cannot be made. */
export async function exportPatient(
  { clinical, reader }: Hospital,
  patientId: string,
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<ExportReport> {
  const versions = clinical.versionsAbout(patientId);
  if (versions.length === 0) throw new OperatorRefusal('not-there', 'there is no such patient here');
  const out = await open(file, 'wx', 0o600).catch((fault: unknown) => {
    throw asPathRefusal(fault, file);
  });
  let written = 0;
  try {
    await out.write(`{"version":1,"kind":"clearchart-export","patient":${JSON.stringify(patientId)},"receipts":[`);
    for (const [index, openVersion] of versions.entries()) {
      onProgress(index, versions.length);
      const receipt = await receiptWithOpening(reader, openVersion());
      if (receipt === undefined) continue;
      await out.write(`${written === 0 ? '' : ',\n'}${JSON.stringify(receipt)}`);
      written += 1;
    }
    await out.write(']}\n');
    await out.sync();
  } finally {
    await out.close();
  }
  onProgress(versions.length, versions.length);
  return { file, versions: written, waiting: versions.length - written };
}

async function receiptWithOpening(reader: LedgerReader, found: VersionWithOpening): Promise<Receipt | undefined> {
  const receipt = await reader.receipt({ ...found, version: found.version.version });
  return receipt === undefined ? undefined : { ...receipt, opening: openingOf(found) };
}

/** What opens the commitment, as it travels. */
export function openingOf({ opening, version }: VersionWithOpening): Opening {
  return {
    commitmentKey: toHex(opening.commitmentKey),
    sealedHash: toHex(opening.sealedHash),
    salt: toHex(opening.salt),
    content: JSON.parse(Buffer.from(version.content).toString('utf8')),
  };
}
