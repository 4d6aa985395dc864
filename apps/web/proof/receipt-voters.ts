// Which hospitals made the block of a receipt final, by the signatures found good here.
import type { SignatureVerifier } from '@clearchart/crypto';
import { genesisMembers, isMemberSet, type MemberSet, type Receipt } from '@clearchart/ledger';
import { countedVoters, type Voters } from './final-votes.ts';
import { votingOn } from './member-changes.ts';

/** @param receipt One that `verifyReceipt` has found good: its member changes need no second look. */
export function votersOfReceipt(receipt: Receipt, verifier: SignatureVerifier): Voters | undefined {
  const known = membersBelow(receipt);
  const set = known === undefined ? undefined : votingOn(receipt.header, known);
  return set === undefined ? undefined : countedVoters(receipt.header, receipt, set, verifier);
}

function membersBelow({ genesis, header, memberChanges }: Receipt): MemberSet | undefined {
  const last = memberChanges.findLast((change) => change.header.height < header.height);
  if (last === undefined) return genesisMembers(genesis);
  const { value } = last.stateProof;
  return isMemberSet(value) ? value : undefined;
}
