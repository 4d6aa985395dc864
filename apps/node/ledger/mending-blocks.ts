/** The block store as the node uses it: a block that does not read is mended from another member before anybody is told. */
import type { BlockStore } from '@clearchart/ledger';
import { OneByOne } from '../one-by-one.ts';

export interface MendingPorts {
  readonly blocks: BlockStore;
  readonly isDamage: (fault: unknown) => boolean;
  /** @throws when nobody can give the block. */
  readonly mend: (height: number) => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}

export function mendingBlocks({ blocks, isDamage, mend, onFault }: MendingPorts): BlockStore {
  const turns = new OneByOne();
  return {
    get height() {
      return blocks.height;
    },
    append: (height, bytes) => blocks.append(height, bytes),
    async read(height) {
      try {
        return await blocks.read(height);
      } catch (fault) {
        if (!isDamage(fault)) throw fault;
        await turns.run(() => mend(height)).catch(onFault);
        return await blocks.read(height);
      }
    },
    close: () => blocks.close(),
  };
}
