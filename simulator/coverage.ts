/** What a run has come upon: a run that met nothing has shown nothing. All are counts. */
export interface Coverage {
  /** Final blocks, and transactions in them. */
  blocks: number;
  transactions: number;
  /** Heights at which members showed each other more than one block. */
  forks: number;
  /** A member's head gave way to one that does not follow it. */
  reorganisations: number;
  /** Of honest members. */
  votes: number;
  /** Times that nothing became final for ten seconds although something waited. */
  stalls: number;
  crashes: number;
  /** The power went, or the disk failed, in the middle of an act. */
  cuts: number;
  flips: number;
  lostStates: number;
  wiped: number;
  restored: number;
  /** A bit of the blocks had turned over when a node started, and damages that starts have mended. */
  damaged: number;
  mended: number;
  partitions: number;
  nights: number;
  admitted: number;
  retired: number;
  keysReplaced: number;
  replays: number;
  badTransactions: number;
  doubleVotes: number;
  surroundVotes: number;
  rivalBlocks: number;
  /** Shown by byzantine members to whoever asked: longer than the true one, and wrong or of another history. */
  longChains: number;
  otherByzantineActs: number;
  /** Kept by honest members. */
  evidence: number;
}

export function noCoverage(): Coverage {
  return {
    blocks: 0,
    transactions: 0,
    forks: 0,
    reorganisations: 0,
    votes: 0,
    stalls: 0,
    crashes: 0,
    cuts: 0,
    flips: 0,
    lostStates: 0,
    wiped: 0,
    restored: 0,
    damaged: 0,
    mended: 0,
    partitions: 0,
    nights: 0,
    admitted: 0,
    retired: 0,
    keysReplaced: 0,
    replays: 0,
    badTransactions: 0,
    doubleVotes: 0,
    surroundVotes: 0,
    rivalBlocks: 0,
    longChains: 0,
    otherByzantineActs: 0,
    evidence: 0,
  };
}

export function addCoverage(sum: Coverage, one: Coverage): void {
  for (const name of Object.keys(one) as (keyof Coverage)[]) sum[name] += one[name];
}
