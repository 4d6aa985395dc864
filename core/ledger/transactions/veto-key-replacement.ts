/** The person's own key stops a replacement that waits. */
import type { Pseudonym } from '../identifiers.ts';
import { isRejection } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { keyReplacementKey } from '../state.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, pendingReplacement, personSigner } from './signers.ts';

export interface VetoKeyReplacement {
  readonly pseudonym: Pseudonym;
}

export const vetoKeyReplacement: TransactionRule<VetoKeyReplacement> = {
  shape: object({ pseudonym: hex(32) }),
  signers: ({ pseudonym }, state) => allSigners(personSigner(pseudonym, state)),
  apply({ pseudonym }, state) {
    const replacement = pendingReplacement(pseudonym, state);
    if (isRejection(replacement)) return replacement;
    state.remove(keyReplacementKey(pseudonym));
    return undefined;
  },
};
