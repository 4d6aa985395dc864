// What can be wrong with stored blocks, with its place.

export type BlockFaultCode =
  /** The bytes of a block, or of its record header, are not what was written. */
  | 'block-damaged'
  /** Blocks that were once stored are not there. */
  | 'blocks-missing'
  /** The last record was cut short: its writing never finished, or the file lost its end. */
  | 'block-torn'
  /** The disk refused a write or a sync; the store takes nothing more until the next start. */
  | 'disk-failed';

export type BlockFault = { code: BlockFaultCode; segment: string; offset: number; height: number; detail: string };

/** Thrown by the store; the message names segment, offset and height and holds no content. */
export class BlockStoreError extends Error {
  readonly fault: BlockFault;

  constructor(fault: BlockFault, cause?: unknown) {
    super(`${fault.detail} (block ${fault.height}, segment ${fault.segment}, byte ${fault.offset})`, { cause });
    this.name = 'BlockStoreError';
    this.fault = fault;
  }
}
