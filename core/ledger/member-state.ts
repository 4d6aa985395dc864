/** What the state holds about members beside `members` and their organizations: ballots, who comes, addresses, misbehaviour. */
import type { MembershipApplication } from './application.ts';
import type { OrganizationId, PublicKey, TransactionId } from './identifiers.ts';
import { keyOf, type StateKey } from './state.ts';
import type { Misbehaviour } from './vote.ts';

export interface BallotVote {
  readonly organization: OrganizationId;
  /** Block time, milliseconds. */
  readonly time: number;
}
export interface AdmissionBallot {
  readonly application: MembershipApplication;
  readonly votes: readonly BallotVote[];
}
/** Admitted, and not a member before the decided set is in force. */
export interface CandidateState {
  readonly name: string;
  readonly publicKey: PublicKey;
  readonly address: string;
}
export interface MisbehaviourState {
  readonly reportedBy: OrganizationId;
  /** Holds the two votes. */
  readonly transactionId: TransactionId;
}

export const admissionBallotKey = (candidate: OrganizationId): StateKey<AdmissionBallot> =>
  keyOf(`ballot/admit/${candidate}`);
export const retirementBallotKey = (member: OrganizationId): StateKey<{ readonly votes: readonly BallotVote[] }> =>
  keyOf(`ballot/retire/${member}`);
export const candidateKey = (id: OrganizationId): StateKey<CandidateState> => keyOf(`candidate/${id}`);
export const addressKey = (id: OrganizationId): StateKey<{ readonly address: string }> => keyOf(`address/${id}`);
/** @param height of the lower of the two targets. */
export const misbehaviourKey = (id: OrganizationId, kind: Misbehaviour, height: number): StateKey<MisbehaviourState> =>
  keyOf(`misbehaviour/${id}/${kind}/${height}`);
