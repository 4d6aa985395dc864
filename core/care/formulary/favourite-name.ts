/** The same medicine, strength and pattern is the same favourite, however long it is given. `medicine`: its id in the formulary. */
export function favouriteName(of: {
  readonly medicine: string;
  readonly strength: string;
  readonly pattern: string;
}): string {
  return [of.medicine, of.strength, of.pattern].join('|');
}
