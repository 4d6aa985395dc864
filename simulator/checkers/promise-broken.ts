/** A promise of the ledger was broken; seed and step are added by the run. */
export class PromiseBroken extends Error {
  // By this it is known, as a simulator with a broken rule has a class of its own.
  override readonly name = 'PromiseBroken';
}
