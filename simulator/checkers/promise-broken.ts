/** A promise of the ledger was broken; seed and step are added by the run. */
export class PromiseBroken extends Error {}
