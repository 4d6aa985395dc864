/** One thing that the checker found wrong. */
export interface Fault {
  readonly code: string;
  /** File, table and row, or block; never content. */
  readonly where: string;
  readonly detail: string;
}
