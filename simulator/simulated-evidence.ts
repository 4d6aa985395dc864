// The folder of evidence: its promise is that what it is given is on the disk when the call returns; a crash right after it may keep the
// caller from ever hearing of it.
import type { BlockDamage, KeptBlocks } from '@clearchart/block-store';
import type { Power } from './power.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

/** What lies in the folder: it outlives the process. */
export class EvidenceFolder {
  readonly damages: BlockDamage[] = [];
  readonly segments: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  /** Damages that have been mended. */
  repaired = 0;
}

/** A process's hold on the folder. */
export function keepIn(folder: EvidenceFolder, disk: SimulatedDisk, power: Power): (damage: BlockDamage) => KeptBlocks {
  const copy = (name: string): void => void folder.segments.push({ name, bytes: disk.contentOf(name) });
  return (damage) => {
    power.step(() => folder.damages.push(damage));
    return {
      folder: 'evidence',
      copy: (segment) => power.step(() => copy(segment)),
      move: (segment) =>
        power.step(() => {
          copy(segment);
          disk.remove(segment);
        }),
      repaired: () =>
        power.step(() => {
          folder.repaired += 1;
        }),
    };
  };
}
