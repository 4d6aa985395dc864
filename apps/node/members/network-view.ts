/** What the node page shows of the network: who the members are, how they are reached, what is being voted on. */
import type { Network, NetworkMember, Repair } from '@clearchart/api';
import {
  type AdmissionBallot,
  BALLOT_LASTS_MS,
  decodeValue,
  type Evidence,
  type OrganizationId,
  type SignedHead,
} from '@clearchart/ledger';
import type { OlderBlocks } from '../ledger/older-blocks.ts';
import type { PeerState } from '../peers/index.ts';
import type { Applications } from './applications.ts';
import type { MemberDirectory } from './member-directory.ts';

export interface NetworkViewPorts {
  readonly organization: OrganizationId;
  readonly directory: MemberDirectory;
  readonly applications: Applications;
  readonly heads: () => readonly SignedHead[];
  readonly peerStates: () => readonly PeerState[];
  readonly bansOf: (organization: OrganizationId) => number;
  readonly reasonsOf: (organization: OrganizationId) => readonly string[];
  readonly isBanned: (organization: OrganizationId) => boolean;
  readonly evidence: () => readonly Evidence[];
  /** Newest first. */
  readonly repairs: () => readonly Repair[];
  /** Entries of the state whose keys begin so, at most so many. */
  readonly entriesOf: (prefix: string, most: number) => readonly { readonly key: string; readonly value: Uint8Array }[];
  /** What is here of the blocks before the snapshot by which this node has joined; undefined when all are here. */
  readonly older: () => OlderBlocks | undefined;
  /** Block time of the newest final block. */
  readonly blockTime: () => number;
}

const MOST_BALLOTS = 200;
const MOST_EVIDENCE = 100;

export function networkView(ports: NetworkViewPorts): Network {
  const { applications, directory, evidence } = ports;
  const older = ports.older();
  return {
    members: membersOf(ports),
    applications: applications
      .list()
      .filter(({ application }) => directory.organization(application.organization) === undefined)
      .map(({ application, heardAt }) => {
        const { organization, name, address, publicKey } = application;
        return { organization, name, address, publicKey, heardAt };
      }),
    ballots: [...admissions(ports), ...retirements(ports)],
    evidence: evidence()
      .slice(0, MOST_EVIDENCE)
      .map(({ kind, first }) => ({
        organization: first.organization,
        name: nameOf(ports, first.organization),
        kind,
        height: first.target.height,
      })),
    repairs: [...ports.repairs()],
    ...(older === undefined ? {} : { history: { have: Math.min(older.have, older.base - 1), of: older.base - 1 } }),
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
  const stateOf = new Map(peerStates().map((state) => [state.organization, state]));
  return [...new Set([...now, ...later])].map((organization) => {
    const head = headOf.get(organization);
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

type BallotVotes = AdmissionBallot['votes'];

function admissions(ports: NetworkViewPorts): Network['ballots'] {
  return ports.entriesOf('ballot/admit/', MOST_BALLOTS).flatMap(({ value }) => {
    const { application, votes } = decodeValue(value) as AdmissionBallot;
    const { organization, name, address, publicKey } = application;
    return openBallot(ports, { kind: 'admit', organization, name, address, publicKey }, votes);
  });
}

function retirements(ports: NetworkViewPorts): Network['ballots'] {
  return ports.entriesOf('ballot/retire/', MOST_BALLOTS).flatMap(({ key, value }) => {
    const organization = key.slice('ballot/retire/'.length) as OrganizationId;
    const { votes } = decodeValue(value) as { votes: BallotVotes };
    return openBallot(ports, { kind: 'retire', organization, name: nameOf(ports, organization) }, votes);
  });
}

function openBallot(
  ports: NetworkViewPorts,
  ballot: Omit<Network['ballots'][number], 'votes' | 'needed'>,
  votes: BallotVotes,
): Network['ballots'] {
  const { members } = ports.directory.set;
  const counting = votes.filter(({ time }) => ports.blockTime() - time <= BALLOT_LASTS_MS);
  if (counting.length === 0) return [];
  const named = counting.map(({ organization, time }) => ({ organization, name: nameOf(ports, organization), time }));
  return [{ ...ballot, votes: named, needed: Math.floor((2 * members.length) / 3) + 1 }];
}
