/**
 * Changes a letter of a block in one hospital's file, as somebody with a hand on its disk would, and tells what the hospital's node did
 * about it: by the files alone, which anybody with the folder can look at.
 */
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lab, LabBlock, LabChangeRequest, LabCopy, LabReadRequest, LabStory, LabTold } from '@clearchart/api';
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
  /** @param folder Of the blocks. */
  readonly recordAt: (folder: string, height: number) => Promise<StoredRecord | undefined>;
  readonly clock: Clock;
}

type Place = LabReadRequest;
type Refusal = 'not-found' | 'letter-not-changed' | 'change-under-way' | 'no-other-copy';

/** What happened to one copy; milliseconds. */
interface Told {
  readonly place: Place;
  readonly change?: NonNullable<LabStory['change']>;
  readonly readAt?: number;
  /** Before, it was whole or nobody was looking. */
  readonly since: number;
}

/** Of a block, shown at most. */
const TEXT_BYTES = 16 * 1024;
/** Copies whose last story is remembered. */
const MOST_TOLD = 100;

export class TamperLab {
  readonly #ports: TamperLabPorts;
  readonly #turns = new OneByOne();
  /** By its place, the newest last. */
  readonly #told = new Map<string, Told>();

  constructor(ports: TamperLabPorts) {
    this.#ports = ports;
  }

  async view(here: string): Promise<Lab> {
    const hospitals = this.#ports.hospitals();
    const open = await this.#open();
    return {
      here,
      hospitals: hospitals.map(({ organization, name }) => ({ organization, name })),
      newest: hospitals.length === 0 ? 0 : Math.min(...hospitals.map(({ height }) => height)),
      ...(open === undefined ? {} : { open }),
    };
  }

  async look(place: Place): Promise<LabBlock | undefined> {
    const record = await this.#recordOf(place);
    if (record === undefined) return undefined;
    const text = new TextDecoder().decode(record.bytes.subarray(0, TEXT_BYTES));
    return { text, story: await this.#storyOf(place) };
  }

  change(asked: LabChangeRequest): Promise<LabTold | Refusal> {
    return this.#turns.run(async () => {
      const place = { organization: asked.organization, height: asked.height };
      const hospital = this.#hospitalOf(place);
      const record = await this.#recordOf(place);
      if (hospital === undefined || record === undefined) return 'not-found';
      if (!isWhole(record) || (await this.#open()) !== undefined) return 'change-under-way';
      if (!(await this.#isElsewhere(place))) return 'no-other-copy';
      const before = String.fromCodePoint(record.bytes[asked.position] ?? 0);
      if (!/^[A-Za-z0-9]$/.test(before) || before === asked.letter) return 'letter-not-changed';
      const { segment } = record;
      const offset = record.offset + asked.position;
      await writeByte(join(hospital.folder, FILES.blocks, segment), offset, asked.letter);
      const at = this.#ports.clock.now();
      this.#tell({ place, since: at, change: { at, before, after: asked.letter, segment, offset } });
      return { story: await this.#storyOf(place) };
    });
  }

  read(place: Place): Promise<LabTold | undefined> {
    return this.#turns.run(async () => {
      const hospital = this.#hospitalOf(place);
      const record = await this.#recordOf(place);
      if (hospital === undefined || record === undefined) return undefined;
      const readAt = this.#ports.clock.now();
      // Of a copy that is whole there is nothing new to tell.
      if (!isWhole(record)) this.#tell({ place, since: readAt, ...(await this.#unfinished(hospital, place)), readAt });
      // Whether it could be read is told by the files.
      await hospital.readBlock(place.height).catch(() => undefined);
      return { story: await this.#storyOf(place) };
    });
  }

  #tell(told: Told): void {
    const key = keyOf(told.place);
    this.#told.delete(key);
    this.#told.set(key, told);
    const [oldest] = this.#told.keys();
    if (this.#told.size > MOST_TOLD && oldest !== undefined) this.#told.delete(oldest);
  }

  /** What was told of the copy, unless that story came to its end: then somebody else has changed it since. */
  async #unfinished(hospital: LabHospital, place: Place): Promise<Told | undefined> {
    const told = this.#told.get(keyOf(place));
    const isOver = told !== undefined && (await this.#findingOf(hospital, told)).repair !== undefined;
    return isOver ? undefined : told;
  }

  /** The copy that was changed and is not whole again. */
  async #open(): Promise<Place | undefined> {
    for (const { place } of [...this.#told.values()].reverse()) {
      const record = await this.#recordOf(place);
      if (record !== undefined && !isWhole(record)) return place;
    }
    return undefined;
  }

  /** Whether another hospital that runs can give the block. */
  async #isElsewhere({ organization, height }: Place): Promise<boolean> {
    for (const other of this.#ports.hospitals()) {
      const place = { organization: other.organization, height };
      const record = other.organization === organization ? undefined : await this.#recordOf(place);
      if (record !== undefined && isWhole(record)) return true;
    }
    return false;
  }

  async #storyOf(place: Place): Promise<LabStory> {
    const hospital = this.#hospitalOf(place);
    const told = this.#told.get(keyOf(place));
    const found = hospital === undefined || told === undefined ? {} : await this.#findingOf(hospital, told);
    const copies = await this.#copiesOf(place.height);
    // A story that came to its end, and the copy is damaged: somebody else has changed it since.
    const own = copies.find(({ organization }) => organization === place.organization);
    if (found.repair !== undefined && own?.kept !== own?.found) return { copies };
    return {
      ...(told?.change === undefined ? {} : { change: told.change }),
      ...(told?.readAt === undefined ? {} : { readAt: told.readAt }),
      ...found,
      copies,
    };
  }

  async #findingOf({ folder }: LabHospital, { place, since }: Told): Promise<Pick<LabStory, 'finding' | 'repair'>> {
    const { clock, recordAt } = this.#ports;
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
      this.#ports.hospitals().map(async ({ organization, name }) => {
        const record = await this.#recordOf({ organization, height });
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
