/** One patient's record, every version with its proofs and what opens its commitment, as one file for `verify`. */
import { open } from 'node:fs/promises';
import { toHex } from '@clearchart/crypto';
import {
  type ExportedAnchor,
  type ExportedBlock,
  type ExportedVersion,
  type Header,
  type MemberChange,
  type Opening,
  type RecordId,
  recordKey,
  type TransactionId,
} from '@clearchart/ledger';
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
  const ledger = new LedgerParts(reader);
  let written = 0;
  try {
    await out.write(`{"version":1,"kind":"clearchart-export","patient":${JSON.stringify(patientId)},"versions":[`);
    for (const [index, openVersion] of versions.entries()) {
      onProgress(index, versions.length);
      const exported = await ledger.exportVersion(openVersion());
      if (exported === undefined) continue;
      await out.write(`${written === 0 ? '' : ',\n'}${JSON.stringify(exported)}`);
      written += 1;
    }
    await out.write('],\n"anchors":[');
    for (const [index, anchor] of ledger.anchors.entries()) {
      await out.write(`${index === 0 ? '' : ',\n'}${JSON.stringify(anchor)}`);
    }
    const { blocks, memberChanges } = ledger;
    await out.write(`],\n${JSON.stringify({ genesis: reader.genesis, memberChanges, blocks }).slice(1)}\n`);
    await out.sync();
  } finally {
    await out.close();
  }
  onProgress(versions.length, versions.length);
  return { file, versions: written, waiting: versions.length - written };
}

/** Transactions and blocks that the versions need, each once. */
class LedgerParts {
  readonly #reader: LedgerReader;
  readonly #anchors = new Map<string, ExportedAnchor>();
  readonly #headers = new Map<number, Header>();

  constructor(reader: LedgerReader) {
    this.#reader = reader;
  }

  get anchors(): ExportedAnchor[] {
    return [...this.#anchors.values()];
  }

  get blocks(): ExportedBlock[] {
    return [...this.#headers.values()].map((header) => ({ header, votes: [] }));
  }

  get memberChanges(): MemberChange[] {
    return this.#headers.size === 0 ? [] : this.#reader.memberChanges(Math.max(...this.#headers.keys()));
  }

  /** Undefined while the anchor waits for a block. */
  async exportVersion(found: VersionWithOpening): Promise<ExportedVersion | undefined> {
    const id = found.transactionId as TransactionId;
    const anchor = this.#anchors.get(id) ?? (await this.#anchorOf(id));
    const header = anchor === undefined ? undefined : this.#headers.get(anchor.blockHeight);
    if (anchor?.transaction.type !== 'anchor-records' || header === undefined) return undefined;
    const { version } = found.version;
    const record = found.record as RecordId;
    const anchored = anchor.transaction.body.records.find((one) => one.record === record && one.version === version);
    if (anchored === undefined) return undefined;
    return {
      record,
      recordVersion: version,
      commitment: anchored.commitment,
      transactionId: id,
      stateProof: this.#reader.stateProofUnder(header, recordKey(record, version)),
      opening: openingOf(found),
    };
  }

  async #anchorOf(id: TransactionId): Promise<ExportedAnchor | undefined> {
    const proof = await this.#reader.transactionProof(id);
    if (proof === undefined) return undefined;
    const { header, transaction, inclusionProof } = proof;
    const anchor = { transactionId: id, transaction, blockHeight: header.height, inclusionProof };
    this.#anchors.set(id, anchor);
    this.#headers.set(header.height, header);
    return anchor;
  }
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
