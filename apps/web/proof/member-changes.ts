import {
  type Header,
  headerHash,
  isMemberSet,
  isRejection,
  MEMBERS_KEY,
  type MemberChange,
  type MemberSet,
  parseHeaderValue,
  verifyState,
} from '@clearchart/ledger';

/** The member set after a header that has been checked, if one of the changes shows it under that header's state root. */
export function membersAfter(header: Header, changes: readonly unknown[]): MemberSet | undefined {
  for (const value of changes) {
    const change = value as Partial<MemberChange> | null;
    const changed = parseHeaderValue(change?.header);
    if (isRejection(changed) || headerHash(changed) !== headerHash(header)) continue;
    const proof = change?.stateProof;
    if (proof === undefined || proof.key !== MEMBERS_KEY || !isMemberSet(proof.value)) return undefined;
    return verifyState(header.stateRoot, proof) ? proof.value : undefined;
  }
  return undefined;
}
