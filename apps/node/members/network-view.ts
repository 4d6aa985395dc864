/** What the node page shows of the network: who the members are, how they are reached, what is being voted on. */
import type { Network, NetworkMember, Repair } from '@clearchart/api';
import type { Evidence, LastVote, OrganizationId, SignedHead } from '@clearchart/ledger';
import { historyOf, type OlderBlocks } from '../ledger/older-blocks.ts';
import type { PeerState } from '../peers/index.ts';
import { type BallotPorts, ballotsOf } from './ballots-view.ts';

export interface NetworkViewPorts extends BallotPorts {
  readonly organization: OrganizationId;
  readonly lastVotes: () => readonly LastVote[];
  readonly heads: () => readonly SignedHead[];
  readonly peerStates: () => readonly PeerState[];
  readonly bansOf: (organization: OrganizationId) => number;
  readonly reasonsOf: (organization: OrganizationId) => readonly string[];
  readonly isBanned: (organization: OrganizationId) => boolean;
  readonly evidence: () => readonly Evidence[];
  /** Newest first. */
  readonly repairs: () => readonly Repair[];
  /** What is here of the blocks before the snapshot by which this node has joined; undefined when all are here. */
  readonly older: () => OlderBlocks | undefined;
  /** Block time of a final block; undefined above the newest. */
  readonly timeOf: (height: number) => number | undefined;
}

const MOST_EVIDENCE = 100;

export function networkView(ports: NetworkViewPorts): Network {
  const { applications, directory, evidence } = ports;
  const history = historyOf(ports.older());
  return {
    members: membersOf(ports),
    applications: applications
      .list()
      .filter(({ application }) => directory.organization(application.organization) === undefined)
      .map(({ application, heardAt }) => {
        const { organization, name, address, publicKey } = application;
        return { organization, name, address, publicKey, heardAt };
      }),
    ballots: ballotsOf(ports),
    evidence: evidence()
      .slice(0, MOST_EVIDENCE)
      .map(({ kind, first }) => ({
        organization: first.organization,
        name: nameOf(ports, first.organization),
        kind,
        height: first.target.height,
      })),
    repairs: [...ports.repairs()],
    ...(history === undefined ? {} : { history }),
  };
}

function nameOf({ directory }: NetworkViewPorts, organization: OrganizationId): string {
  return directory.nameOf(organization) ?? organization;
}

function membersOf(ports: NetworkViewPorts): NetworkMember[] {
  const { directory, heads, organization: own, peerStates } = ports;
  const { members, next } = directory.set;
  const now = new Set(members.map(({ organization }) => organization));
  const later = new Set((next?.members ?? members).map(({ organization }) => organization));
  const headOf = new Map(heads().map((head) => [head.organization, head]));
  const voteOf = new Map(ports.lastVotes().map((vote) => [vote.organization, vote]));
  const stateOf = new Map(peerStates().map((state) => [state.organization, state]));
  return [...new Set([...now, ...later])].map((organization) => {
    const head = headOf.get(organization);
    const vote = voteOf.get(organization);
    const state = stateOf.get(organization);
    const address = directory.addressOf(organization);
    const reasons = ports.reasonsOf(organization);
    return {
      organization,
      name: nameOf(ports, organization),
      standing: !now.has(organization) ? 'joining' : later.has(organization) ? 'member' : 'leaving',
      isSelf: organization === own,
      ...(address === undefined ? {} : { address }),
      ...(head === undefined ? {} : { finalHeight: head.final.height, headTime: head.time }),
      ...(vote === undefined ? {} : { lastVote: lastVoteOf(vote, ports) }),
      ...(state?.lastSuccessAt === undefined ? {} : { lastReachedAt: state.lastSuccessAt }),
      ...(state?.lastFailureAt === undefined ? {} : { lastFailedAt: state.lastFailureAt }),
      ...(state?.lastFailure === undefined ? {} : { lastFailure: state.lastFailure }),
      ...(state?.roundTripMs === undefined ? {} : { roundTripMs: state.roundTripMs }),
      waitingMessages: state?.waiting ?? 0,
      isBanned: ports.isBanned(organization),
      bans: ports.bansOf(organization),
      ...(reasons.length === 0 ? {} : { blamedFor: [...reasons] }),
    };
  });
}

function lastVoteOf(
  { heardAt, source, target }: LastVote,
  { timeOf }: NetworkViewPorts,
): NonNullable<NetworkMember['lastVote']> {
  const at = heardAt ?? timeOf(target.height) ?? timeOf(source.height);
  return { source: source.height, target: target.height, ...(at === undefined ? {} : { at }) };
}
