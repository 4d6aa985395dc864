export { encodeRecord, RECORD_HEADER_BYTES } from './block-record.ts';
export { openBlockStore } from './block-store.ts';
export type { BlockStoreOptions, SegmentedBlockStore, TornTail } from './block-store.ts';
export type { Disk, DiskFile, OpenMode } from './disk.ts';
export { firstToLookAt } from './look-from.ts';
export {
  type BlockDamage,
  type BlockRepairPorts,
  BlocksDamaged,
  type KeptBlocks,
  repairBlocks,
  repairBlocksAbove,
  repairBlocksQuietly,
  repairedDisk,
  repairStored,
} from './repair-blocks.ts';
export { BlockStoreError } from './fault.ts';
export type { BlockFault, BlockFaultCode } from './fault.ts';
export { openNodeDisk } from './node-disk.ts';
export { cutSegment, replaceBlocks } from './replace.ts';
export { scanBlocks } from './scan.ts';
export type { ScannedBlock } from './scan.ts';
export { storedRecord } from './stored-record.ts';
export type { StoredRecord } from './stored-record.ts';
