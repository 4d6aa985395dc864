/**
 * A patient without a device: the home hospital keeps the person's first key, and the ledger says so. Only while there is no key, so
 * that nobody's own key can be taken into custody, then or ever after.
 */
import type { Pseudonym } from '../identifiers.ts';
import { custodyKey, type StateOverlay } from '../state.ts';
import { type BindPersonKey, bindPersonKey } from './bind-person-key.ts';
import type { TransactionRule } from './rule.ts';

export type TakeCustody = BindPersonKey;

/** Bound like any first key; what it adds is that the hospital keeps it. */
export const takeCustody: TransactionRule<TakeCustody> = {
  ...bindPersonKey,
  apply(body, state, context) {
    const refused = bindPersonKey.apply(body, state, context);
    if (refused !== undefined) return refused;
    state.write(custodyKey(body.pseudonym), { publicKey: body.publicKey, endedAt: null });
    return undefined;
  },
};

/** The person has another key from this block on, or none that signs: what the custody key signs later counts for nothing. */
export function endCustody(pseudonym: Pseudonym, state: StateOverlay, height: number): void {
  const custody = state.read(custodyKey(pseudonym));
  if (custody?.endedAt === null) state.write(custodyKey(pseudonym), { ...custody, endedAt: height });
}
