/** Unpredictable bytes; the simulator hands in seeded ones. */
export interface Random {
  bytes(length: number): Uint8Array;
}
