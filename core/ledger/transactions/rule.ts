/** What every transaction type states about itself: its shape, whose signatures it needs, what it changes. */
import type { SignatureCheck } from '@clearchart/crypto';
import type { ChainId, PublicKey, TransactionId } from '../identifiers.ts';
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
  readonly chainId: ChainId;
  readonly height: number;
  /** Block time, milliseconds. */
  readonly time: number;
  readonly transactionId: TransactionId;
  checkSignature(check: SignatureCheck): boolean;
}

export interface TransactionRule<Body> {
  readonly shape: Check;
  /** Exactly these must sign; a rejection when the state has no such signer. */
  signers(body: Body, state: StateOverlay): Rejection | readonly RequiredSignature[];
  /** What the body holds of others that is signed by itself and must verify too; a rejection when it cannot. */
  statements?(body: Body, chainId: ChainId): Rejection | readonly SignatureCheck[];
  /** Changes the state, or says why not and leaves it alone. */
  apply(body: Body, state: StateOverlay, context: RuleContext): Rejection | undefined;
}
