/**
 * The decided set comes into force: from the next block on it votes alone. Members vote for the block that holds this only once the
 * decision is final; that is a condition of their vote, not of validity.
 */
import type { OrganizationId } from '../identifiers.ts';
import { memberOf, type MemberSet, type NextMembers } from '../member-set.ts';
import { addressKey, candidateKey } from '../member-state.ts';
import { isRejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { MEMBERS_KEY, organizationKey, type OrganizationState, type StateOverlay } from '../state.ts';
import { memberFor, memberSetOf } from './member-change.ts';
import type { TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export interface ActivateMembers {
  readonly organization: OrganizationId;
}

export const activateMembers: TransactionRule<ActivateMembers> = {
  shape: object({ organization: hex(32) }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization }, state, { height, time }) {
    const set = memberSetOf(state);
    const member = memberFor(organization, set);
    if (isRejection(member)) return member;
    const { next } = set;
    if (next === undefined) return reject('members-not-changing');
    if (next.decidedAt >= height) return reject('activation-too-early', { decidedAt: next.decidedAt, height });
    welcome(set, next, state);
    dateKeys(set, next, state, time);
    retire(set, next, state);
    state.write(MEMBERS_KEY, { members: next.members });
    return undefined;
  },
};

function welcome(set: MemberSet, { members }: NextMembers, state: StateOverlay): void {
  for (const { organization } of members) {
    if (memberOf(set, organization) !== undefined) continue;
    const candidate = state.read(candidateKey(organization));
    if (candidate === undefined) throw new Error('ledger: the state does not know who was admitted');
    const { name, publicKey, address } = candidate;
    state.write(organizationKey(organization), { name, publicKey });
    state.write(addressKey(organization), { address });
    state.remove(candidateKey(organization));
  }
}

function dateKeys({ members }: MemberSet, next: NextMembers, state: StateOverlay, time: number): void {
  for (const { organization, publicKey } of members) {
    const coming = memberOf(next, organization);
    if (coming === undefined || coming.publicKey === publicKey) continue;
    state.write(organizationKey(organization), { ...entryOf(organization, state), rotatedAt: time });
  }
}

function retire(set: MemberSet, next: NextMembers, state: StateOverlay): void {
  for (const { organization } of set.members) {
    if (memberOf(next, organization) !== undefined) continue;
    state.write(organizationKey(organization), { ...entryOf(organization, state), retired: 1 });
  }
}

function entryOf(organization: OrganizationId, state: StateOverlay): OrganizationState {
  const found = state.read(organizationKey(organization));
  if (found === undefined) throw new Error('ledger: the state does not know a member');
  return found;
}
