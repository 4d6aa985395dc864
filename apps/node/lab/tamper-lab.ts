/**
 * Changes a letter of a block in one hospital's file, as somebody with a hand on its disk would, and tells what the hospital's node did
 * about it: by the files alone, which anybody with the folder can look at.
 */
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lab, LabBlock, LabChange, LabChanged, LabChangeRequest, LabCopy, LabRead } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import { DamageLog } from '../ledger/damage-log.ts';
import { OneByOne } from '../one-by-one.ts';
import { FILES } from '../storage/data-folder.ts';

export interface LabHospital {
  readonly organization: string;
  readonly name: string;
  /** The data folder. */
  readonly folder: string;
  readonly height: number;
  /** As the node does for a reader. @throws when the block does not read and nobody gives it */
  readBlock(height: number): Promise<unknown>;
}

/** What lies where a block does, whole or not. */
interface StoredRecord {
  readonly segment: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly kept: Uint8Array;
  readonly found: Uint8Array;
}

export interface TamperLabPorts {
  readonly hospitals: () => readonly LabHospital[];
  readonly recordAt: (folder: string, height: number) => Promise<StoredRecord | undefined>;
  readonly clock: Clock;
}

interface Place {
  readonly organization: string;
  readonly height: number;
}

export type LabRefusal = 'not-found' | 'letter-not-changed' | 'changed-already';

/** Of a block, shown at most. */
const TEXT_BYTES = 16 * 1024;

export class TamperLab {
  readonly #ports: TamperLabPorts;
  readonly #turns = new OneByOne();
  /** The last of each copy. */
  readonly #changes = new Map<string, LabChange>();

  constructor(ports: TamperLabPorts) {
    this.#ports = ports;
  }

  view(here: string): Lab {
    const hospitals = this.#ports.hospitals();
    return {
      here,
      hospitals: hospitals.map(({ organization, name }) => ({ organization, name })),
      newest: Math.min(...hospitals.map(({ height }) => height)),
    };
  }

  async look(place: Place): Promise<LabBlock | undefined> {
    const record = await this.#recordOf(place);
    if (record === undefined) return undefined;
    const change = isWhole(record) ? undefined : this.#changes.get(keyOf(place));
    return {
      text: new TextDecoder().decode(record.bytes.subarray(0, TEXT_BYTES)),
      copies: await this.#copiesOf(place.height),
      ...(change === undefined ? {} : { change }),
    };
  }

  change(asked: LabChangeRequest): Promise<LabChanged | LabRefusal> {
    return this.#turns.run(async () => {
      const hospital = this.#hospitalOf(asked);
      const record = await this.#recordOf(asked);
      if (hospital === undefined || record === undefined) return 'not-found';
      if (!isWhole(record)) return 'changed-already';
      const before = String.fromCodePoint(record.bytes[asked.position] ?? 0);
      if (!/^[A-Za-z0-9]$/.test(before) || before === asked.letter) return 'letter-not-changed';
      const { segment } = record;
      const offset = record.offset + asked.position;
      await writeByte(join(hospital.folder, FILES.blocks, segment), offset, asked.letter);
      const change = { at: this.#ports.clock.now(), before, after: asked.letter, segment, offset };
      this.#changes.set(keyOf(asked), change);
      return { change, copies: await this.#copiesOf(asked.height) };
    });
  }

  read(place: Place): Promise<LabRead | undefined> {
    return this.#turns.run(async () => {
      const hospital = this.#hospitalOf(place);
      if (hospital === undefined || (await this.#recordOf(place)) === undefined) return undefined;
      // Whether it could be read is told by the files.
      await hospital.readBlock(place.height).catch(() => undefined);
      const found = await this.#findingOf(hospital, place);
      return { ...found, copies: await this.#copiesOf(place.height) };
    });
  }

  /** Since the change: before, the block was whole. */
  async #findingOf({ folder }: LabHospital, place: Place): Promise<Pick<LabRead, 'finding' | 'repair'>> {
    const { clock, recordAt } = this.#ports;
    const since = this.#changes.get(keyOf(place))?.at ?? Number.POSITIVE_INFINITY;
    const kept = new DamageLog(folder, clock)
      .findings()
      .find(({ at, what, where }) => at >= since && what === 'block' && where.startsWith(`block ${place.height},`));
    if (kept === undefined) return {};
    const { at, expected, from, repairedAt } = kept;
    const copy = await recordAt(kept.folder, place.height);
    const finding = {
      at,
      folder: basename(kept.folder),
      ...(copy === undefined ? {} : checksumsOf(copy)),
      ...(expected === undefined ? {} : { expected }),
    };
    return repairedAt === undefined || from === undefined ? { finding } : { finding, repair: { at: repairedAt, from } };
  }

  async #copiesOf(height: number): Promise<LabCopy[]> {
    return await Promise.all(
      this.#ports.hospitals().map(async ({ organization, name, folder }) => {
        const record = await this.#ports.recordAt(join(folder, FILES.blocks), height);
        return { organization, name, ...(record === undefined ? {} : checksumsOf(record)) };
      }),
    );
  }

  #hospitalOf({ organization }: Place): LabHospital | undefined {
    return this.#ports.hospitals().find((one) => one.organization === organization);
  }

  async #recordOf(place: Place): Promise<StoredRecord | undefined> {
    const hospital = this.#hospitalOf(place);
    if (hospital === undefined || place.height < 1 || place.height > hospital.height) return undefined;
    return await this.#ports.recordAt(join(hospital.folder, FILES.blocks), place.height);
  }
}

function keyOf({ organization, height }: Place): string {
  return `${organization} ${height}`;
}

function isWhole(record: StoredRecord): boolean {
  const { kept, found } = checksumsOf(record);
  return kept === found;
}

function checksumsOf({ kept, found }: StoredRecord): { kept: string; found: string } {
  return { kept: toHex(kept), found: toHex(found) };
}

async function writeByte(path: string, offset: number, letter: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(letter, offset, 'latin1');
    await file.datasync();
  } finally {
    await file.close();
  }
}
