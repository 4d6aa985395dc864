import type { TransactionDraft } from '@clearchart/ledger';

/** What a person's new key signs. */
export type PersonDraft =
  | TransactionDraft<'enrol-person'>
  | TransactionDraft<'bind-person-key'>
  | TransactionDraft<'hand-over-custody'>;
