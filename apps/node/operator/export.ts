/** One patient's record, every version with its proofs and what opens its commitment, as one file for `verify`. */
import { open } from 'node:fs/promises';
import { toHex } from '@clearchart/crypto';
import {
  type ExportedAnchor,
  type ExportedVersion,
  type FinalityProof,
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
import { asPathRefusal, OperatorRefusal, refuseWithoutHistory } from './refusal.ts';

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
  refuseWithoutHistory(reader.older, 'an export');
  const versions = clinical.versionsAbout(patientId);
  if (versions.length === 0) throw new OperatorRefusal('not-there', 'there is no such patient here');
  const out = await open(file, 'wx', 0o600).catch((fault: unknown) => {
    throw asPathRefusal(fault, file);
  });
  let written = 0;
  let done = 0;
  const opened = function* (): Generator<VersionWithOpening> {
    for (const openVersion of versions) {
      onProgress(done++, versions.length);
      yield openVersion();
    }
  };
  try {
    for await (const { text, version } of exportParts(reader, patientId, opened())) {
      await out.write(text);
      if (version) written += 1;
    }
    await out.sync();
  } finally {
    await out.close();
  }
  onProgress(versions.length, versions.length);
  return { file, versions: written, waiting: versions.length - written };
}

/** The file piece by piece (docs/protocol/ledger.md, L53); a version whose anchor is not in a block yet is left out. */
export async function* exportParts(
  reader: LedgerReader,
  patientId: string,
  versions: Iterable<VersionWithOpening> | AsyncIterable<VersionWithOpening>,
): AsyncGenerator<{ readonly text: string; readonly version: boolean }> {
  const ledger = new LedgerParts(reader);
  const text = (words: string) => ({ text: words, version: false });
  yield text(`{"version":1,"kind":"clearchart-export","patient":${JSON.stringify(patientId)},"versions":[`);
  let isFirst = true;
  for await (const found of versions) {
    const exported = await ledger.exportVersion(found);
    if (exported === undefined) continue;
    yield { text: `${isFirst ? '' : ',\n'}${JSON.stringify(exported)}`, version: true };
    isFirst = false;
  }
  yield text('],\n"anchors":[');
  for (const [index, anchor] of ledger.anchors.entries())
    yield text(`${index === 0 ? '' : ',\n'}${JSON.stringify(anchor)}`);
  const { blocks, memberChanges } = ledger;
  yield text(`],\n${JSON.stringify({ genesis: reader.genesis, memberChanges, blocks }).slice(1)}\n`);
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

  get blocks(): FinalityProof[] {
    return [...this.#headers.values()].map((header) => this.#reader.finalityProof(header));
  }

  get memberChanges(): MemberChange[] {
    const highest = this.#headers.get(Math.max(...this.#headers.keys()));
    return highest === undefined ? [] : this.#reader.memberChangesTo(this.#reader.finalityProof(highest));
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
