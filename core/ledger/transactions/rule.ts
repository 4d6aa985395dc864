/** What every transaction type states about itself: its shape, whose signatures it needs, what it changes. */
import type { PublicKey, TransactionId } from '../identifiers.ts';
import type { Rejection } from '../rejection.ts';
import type { Check } from '../shape.ts';
import type { SignatureRole } from '../signature-role.ts';
import type { StateOverlay } from '../state.ts';

export interface RequiredSignature {
  /** OrganizationId or Pseudonym. */
  readonly signer: string;
  readonly role: SignatureRole;
  readonly publicKey: PublicKey;
}

export interface RuleContext {
  readonly height: number;
  /** Block time, milliseconds. */
  readonly time: number;
  readonly transactionId: TransactionId;
}

export interface TransactionRule<Body> {
  readonly shape: Check;
  /** Exactly these must sign; a rejection when the state has no such signer. */
  signers(body: Body, state: StateOverlay): Rejection | readonly RequiredSignature[];
  /** Changes the state, or says why not and leaves it alone. */
  apply(body: Body, state: StateOverlay, context: RuleContext): Rejection | undefined;
}
