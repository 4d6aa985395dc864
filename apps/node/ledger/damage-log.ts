/**
 * What was found damaged on this node's disk, kept as it was found: a folder each in `evidence`, with a description and, while there is
 * room, the bytes. Nothing in it is health data: blocks and state hold none.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { type Repair, repairSchema } from '@clearchart/api';
import type { Clock } from '@clearchart/exchange';
import { z } from 'zod';
import { FILES, syncFolder, writeDurably } from '../storage/data-folder.ts';

export interface Damage {
  readonly what: Repair['what'];
  /** For a person: which blocks or which file. */
  readonly where: string;
  readonly detail: string;
  /** Header hash that was due, where it is known; hexadecimal. */
  readonly expected?: string;
}

export interface KeptDamage {
  readonly folder: string;
  /** Whether the bytes of a file are kept already. */
  holds(file: string): boolean;
  /** A copy of the file as it is now; what is larger than the room loses its end. */
  copy(path: string): void;
  /** The file itself, which is then no longer where it was. */
  move(path: string): void;
  repaired(where: string, repair?: Pick<Repair, 'from' | 'blocks'>): void;
}

/** Of the newest. */
const MOST_KEPT = 100;
/** All files together; the bytes of the oldest go first, their descriptions stay. */
const ROOM_BYTES = 256 * 1024 * 1024;
const LARGEST_FILE_BYTES = ROOM_BYTES / 2;
const DESCRIPTION = 'damage.json';

const descriptionSchema = z.strictObject({
  version: z.literal(1),
  what: z.enum(['block', 'state', 'ledger']),
  where: z.string(),
  detail: z.string(),
  at: z.int().min(0),
  expected: z.string().optional(),
  repairedAt: z.int().min(0).optional(),
  from: z.string().optional(),
  blocks: repairSchema.shape.blocks,
});
type Description = z.infer<typeof descriptionSchema>;

export class DamageLog {
  readonly #root: string;
  readonly #clock: Clock;
  /** By the name of its folder, oldest first. */
  readonly #kept = new Map<string, Description>();

  /** @param folder The data folder. */
  constructor(folder: string, clock: Clock) {
    this.#root = join(folder, FILES.evidence);
    this.#clock = clock;
    if (!existsSync(this.#root)) return;
    for (const name of readdirSync(this.#root).sort()) {
      const description = readDescription(join(this.#root, name));
      if (description !== undefined) this.#kept.set(name, description);
    }
  }

  /** What was repaired, newest first. */
  repairs(): Repair[] {
    const repaired = [...this.#kept].flatMap(([name, { what, where, repairedAt, from, blocks }]) => {
      if (repairedAt === undefined) return [];
      const keptIn = `${FILES.evidence}/${name}`;
      const source = from === undefined ? {} : { from };
      return [{ what, where, at: repairedAt, keptIn, ...source, ...(blocks === undefined ? {} : { blocks }) }];
    });
    return repaired.reverse();
  }

  /** Newest first, each with the folder in which it is kept. */
  findings(): (Description & { readonly folder: string })[] {
    return [...this.#kept].map(([name, one]) => ({ ...one, folder: join(this.#root, name) })).reverse();
  }

  /** What was found there and is not repaired yet. */
  unrepaired(what: Damage['what'], where: string): KeptDamage | undefined {
    const found = [...this.#kept].findLast(
      ([, one]) => one.what === what && one.where === where && one.repairedAt === undefined,
    );
    return found === undefined ? undefined : this.#handleOf(found[0]);
  }

  /** On disk when it returns. */
  keep(damage: Damage): KeptDamage {
    const at = this.#clock.now();
    mkdirSync(this.#root, { recursive: true, mode: 0o700 });
    const time = new Date(at).toISOString().replaceAll(':', '');
    let name = `${time}-${damage.what}`;
    for (let count = 2; existsSync(join(this.#root, name)); count += 1) name = `${time}-${damage.what}-${count}`;
    mkdirSync(join(this.#root, name), { mode: 0o700 });
    this.#write(name, { version: 1, ...damage, at });
    syncFolder(this.#root);
    this.#makeRoom();
    return this.#handleOf(name);
  }

  #handleOf(name: string): KeptDamage {
    const folder = join(this.#root, name);
    const shorten = (file: string): void => {
      if (statSync(file).size > LARGEST_FILE_BYTES) truncateSync(file, LARGEST_FILE_BYTES);
      sync(file);
      syncFolder(folder);
      this.#makeRoom();
    };
    return {
      folder,
      holds: (file) => existsSync(join(folder, file)),
      copy: (path) => {
        const file = join(folder, basename(path));
        copyFileSync(path, file);
        shorten(file);
      },
      move: (path) => {
        const file = join(folder, basename(path));
        renameSync(path, file);
        shorten(file);
      },
      repaired: (where, repair = {}) => {
        const description = this.#kept.get(name);
        if (description === undefined) return;
        const first = Math.min(description.blocks?.first ?? Number.MAX_SAFE_INTEGER, repair.blocks?.first ?? 0);
        const blocks = repair.blocks === undefined ? {} : { blocks: { ...repair.blocks, first } };
        this.#write(name, { ...description, where, repairedAt: this.#clock.now(), ...repair, ...blocks });
      },
    };
  }

  #write(name: string, description: Description): void {
    const path = join(this.#root, name, DESCRIPTION);
    writeDurably(`${path}.new`, `${JSON.stringify(description, undefined, 2)}\n`);
    renameSync(`${path}.new`, path);
    syncFolder(join(this.#root, name));
    this.#kept.set(name, description);
  }

  /** The newest keep their bytes. */
  #makeRoom(): void {
    let bytes = 0;
    for (const [index, name] of [...this.#kept.keys()].reverse().entries()) {
      const folder = join(this.#root, name);
      if (index >= MOST_KEPT) {
        rmSync(folder, { recursive: true, force: true });
        this.#kept.delete(name);
        continue;
      }
      for (const file of readdirSync(folder).filter((one) => one !== DESCRIPTION)) {
        const { size } = statSync(join(folder, file));
        if (bytes + size > ROOM_BYTES) rmSync(join(folder, file));
        else bytes += size;
      }
    }
  }
}

/** Damage to blocks, as repair keeps it: it names segments, and they lie in the data folder. */
export function keepBlockDamage(damages: DamageLog, folder: string) {
  const pathOf = (segment: string): string => join(folder, FILES.blocks, segment);
  return (damage: Omit<Damage, 'what'>) => {
    const kept = damages.keep({ what: 'block', ...damage });
    return {
      ...kept,
      copy: (segment: string): void => kept.copy(pathOf(segment)),
      move: (segment: string): void => kept.move(pathOf(segment)),
    };
  };
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readDescription(folder: string): Description | undefined {
  try {
    return descriptionSchema.parse(JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8')));
  } catch {
    // What a crash left half made, or a stranger put there, is not ours to tell of.
    return undefined;
  }
}
