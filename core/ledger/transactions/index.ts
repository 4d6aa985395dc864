/** One file, one transaction: its shape, its signers, its rule. */
import { type ActivateMembers, activateMembers } from './activate-members.ts';
import { type AdmitOrganization, admitOrganization } from './admit-organization.ts';
import { type AnchorRecords, anchorRecords } from './anchor-records.ts';
import { type AnnounceAddress, announceAddress } from './announce-address.ts';
import { type BindPersonKey, bindPersonKey } from './bind-person-key.ts';
import { type CompleteKeyReplacement, completeKeyReplacement } from './complete-key-replacement.ts';
import { type EnrolPerson, enrolPerson } from './enrol-person.ts';
import { type HandOverCustody, handOverCustody } from './hand-over-custody.ts';
import { type LogAccesses, logAccesses } from './log-accesses.ts';
import { type ReportMisbehaviour, reportMisbehaviour } from './report-misbehaviour.ts';
import { type RequestKeyReplacement, requestKeyReplacement } from './request-key-replacement.ts';
import { type RetireOrganization, retireOrganization } from './retire-organization.ts';
import { type RetirePerson, retirePerson } from './retire-person.ts';
import { type RotateOrganizationKey, rotateOrganizationKey } from './rotate-organization-key.ts';
import { type RotatePersonKey, rotatePersonKey } from './rotate-person-key.ts';
import type { TransactionRule } from './rule.ts';
import { type TakeCustody, takeCustody } from './take-custody.ts';
import { type VetoKeyReplacement, vetoKeyReplacement } from './veto-key-replacement.ts';
import { type WithdrawKeyReplacement, withdrawKeyReplacement } from './withdraw-key-replacement.ts';

interface Bodies {
  'activate-members': ActivateMembers;
  'admit-organization': AdmitOrganization;
  'anchor-records': AnchorRecords;
  'announce-address': AnnounceAddress;
  'bind-person-key': BindPersonKey;
  'complete-key-replacement': CompleteKeyReplacement;
  'enrol-person': EnrolPerson;
  'hand-over-custody': HandOverCustody;
  'log-accesses': LogAccesses;
  'report-misbehaviour': ReportMisbehaviour;
  'request-key-replacement': RequestKeyReplacement;
  'retire-organization': RetireOrganization;
  'retire-person': RetirePerson;
  'rotate-organization-key': RotateOrganizationKey;
  'rotate-person-key': RotatePersonKey;
  'take-custody': TakeCustody;
  'veto-key-replacement': VetoKeyReplacement;
  'withdraw-key-replacement': WithdrawKeyReplacement;
}

export type TransactionType = keyof Bodies;
export type TransactionBody<T extends TransactionType> = Bodies[T];

export const RULES: { readonly [T in TransactionType]: TransactionRule<Bodies[T]> } = {
  'activate-members': activateMembers,
  'admit-organization': admitOrganization,
  'anchor-records': anchorRecords,
  'announce-address': announceAddress,
  'bind-person-key': bindPersonKey,
  'complete-key-replacement': completeKeyReplacement,
  'enrol-person': enrolPerson,
  'hand-over-custody': handOverCustody,
  'log-accesses': logAccesses,
  'report-misbehaviour': reportMisbehaviour,
  'request-key-replacement': requestKeyReplacement,
  'retire-organization': retireOrganization,
  'retire-person': retirePerson,
  'rotate-organization-key': rotateOrganizationKey,
  'rotate-person-key': rotatePersonKey,
  'take-custody': takeCustody,
  'veto-key-replacement': vetoKeyReplacement,
  'withdraw-key-replacement': withdrawKeyReplacement,
};

export const TRANSACTION_TYPES = Object.keys(RULES) as TransactionType[];

export type { AnchoredRecord } from './anchor-records.ts';
export { KEY_REPLACEMENT_WAIT_MS } from './request-key-replacement.ts';
export type { RequiredSignature, RuleContext, TransactionRule } from './rule.ts';
