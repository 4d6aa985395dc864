/** What the shell is told. */
export const EXIT = {
  good: 0,
  /** The command did its work and the answer is no. */
  no: 1,
  usage: 2,
  folderInUse: 3,
  damaged: 4,
  fault: 70,
} as const;
