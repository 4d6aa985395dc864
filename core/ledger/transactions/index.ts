/** One file, one transaction: its shape, its signers, its rule. */
import { type AnchorRecords, anchorRecords } from './anchor-records.ts';
import { type BindPersonKey, bindPersonKey } from './bind-person-key.ts';
import { type EnrolPerson, enrolPerson } from './enrol-person.ts';
import { type LogAccesses, logAccesses } from './log-accesses.ts';
import { type RetirePerson, retirePerson } from './retire-person.ts';
import { type RotateOrganizationKey, rotateOrganizationKey } from './rotate-organization-key.ts';
import { type RotatePersonKey, rotatePersonKey } from './rotate-person-key.ts';
import type { TransactionRule } from './rule.ts';

interface Bodies {
  'anchor-records': AnchorRecords;
  'bind-person-key': BindPersonKey;
  'enrol-person': EnrolPerson;
  'log-accesses': LogAccesses;
  'retire-person': RetirePerson;
  'rotate-organization-key': RotateOrganizationKey;
  'rotate-person-key': RotatePersonKey;
}

export type TransactionType = keyof Bodies;
export type TransactionBody<T extends TransactionType> = Bodies[T];

export const RULES: { readonly [T in TransactionType]: TransactionRule<Bodies[T]> } = {
  'anchor-records': anchorRecords,
  'bind-person-key': bindPersonKey,
  'enrol-person': enrolPerson,
  'log-accesses': logAccesses,
  'retire-person': retirePerson,
  'rotate-organization-key': rotateOrganizationKey,
  'rotate-person-key': rotatePersonKey,
};

export const TRANSACTION_TYPES = Object.keys(RULES) as TransactionType[];

export type { AnchoredRecord } from './anchor-records.ts';
export type { RequiredSignature, RuleContext, TransactionRule } from './rule.ts';
