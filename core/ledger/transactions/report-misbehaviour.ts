/** Two votes of one member that contradict each other, put on the ledger. The fact is all: the members may then vote it out. */
import { fromHex } from '@clearchart/crypto';
import type { OrganizationId } from '../identifiers.ts';
import { type MemberSet, votingKeys } from '../member-set.ts';
import { misbehaviourKey } from '../member-state.ts';
import { isRejection, type Rejection, reject } from '../rejection.ts';
import { hex, object } from '../shape.ts';
import { conflictOf, inReportOrder, type Misbehaviour, parseVoteValue, type Vote, voteMessage } from '../vote.ts';
import { memberFor, memberSetOf } from './member-change.ts';
import type { RuleContext, TransactionRule } from './rule.ts';
import { allSigners, organizationSigner } from './signers.ts';

export interface ReportMisbehaviour {
  readonly organization: OrganizationId;
  /** Both of one organization, as `inReportOrder` puts them: one offence has one report. */
  readonly first: Vote;
  readonly second: Vote;
}

const isVote = (value: unknown): boolean => !isRejection(parseVoteValue(value));

export const reportMisbehaviour: TransactionRule<ReportMisbehaviour> = {
  shape: object({ organization: hex(32), first: isVote, second: isVote }),
  signers: ({ organization }, state) => allSigners(organizationSigner(organization, state)),
  apply({ organization, first, second }, state, context) {
    const set = memberSetOf(state);
    const reporter = memberFor(organization, set);
    if (isRejection(reporter)) return reporter;
    const kind = kindOf(first, second);
    if (isRejection(kind)) return kind;
    const key = misbehaviourKey(first.organization, kind, first.target.height);
    if (state.read(key) !== undefined) return reject('misbehaviour-reported', { organization: first.organization });
    for (const vote of [first, second]) {
      const refused = checkVote(vote, set, context);
      if (refused !== undefined) return refused;
    }
    state.write(key, { reportedBy: organization, transactionId: context.transactionId });
    return undefined;
  },
};

function kindOf(first: Vote, second: Vote): Rejection | Misbehaviour {
  const kind = first.organization === second.organization ? conflictOf(first, second) : undefined;
  if (kind === undefined) return reject('votes-not-conflicting');
  return inReportOrder(first, second)[0] === first ? kind : reject('votes-not-sorted');
}

/** While its key changes a member may have signed with either, so the keys are tried here and not named beforehand. */
function checkVote(vote: Vote, set: MemberSet, { chainId, checkSignature }: RuleContext): Rejection | undefined {
  const { organization } = vote;
  if (vote.chainId !== chainId) return reject('chain-id-wrong');
  const keys = votingKeys(set, organization);
  if (keys.length === 0) return reject('organization-not-member', { organization });
  const covered = { message: voteMessage(chainId, organization, vote), signature: fromHex(vote.signature) };
  const isValid = keys.some((key) => checkSignature({ publicKey: fromHex(key), ...covered }));
  return isValid ? undefined : reject('signature-invalid', { signer: organization });
}
