/** What is being voted on among the members: votes that are final on the ledger, and those on their way there. */
import type { Network } from '@clearchart/api';
import {
  type AdmissionBallot,
  admissionBallotKey,
  BALLOT_LASTS_MS,
  type BallotVote,
  decodeValue,
  type Finality,
  type MembershipApplication,
  memberOf,
  type OrganizationId,
  retirementBallotKey,
  type StateReader,
  type Transaction,
} from '@clearchart/ledger';
import type { Applications } from './applications.ts';
import type { MemberDirectory } from './member-directory.ts';

export interface BallotPorts {
  readonly directory: MemberDirectory;
  readonly applications: Applications;
  /** Entries of the final state whose keys begin so, at most so many. */
  readonly entriesOf: (prefix: string, most: number) => readonly { readonly key: string; readonly value: Uint8Array }[];
  /** After the head, final or not. */
  readonly headState: () => Pick<StateReader, 'get'>;
  /** What waits for a block. */
  readonly pending: () => readonly Transaction[];
  /** Block time of the newest final block. */
  readonly blockTime: () => number;
}

type Ballot = Network['ballots'][number];

const MOST_BALLOTS = 200;
const RETIREMENT = 'ballot/retire/';

export function ballotsOf(ports: BallotPorts): Ballot[] {
  const open = new OpenBallots(ports);
  for (const { value } of ports.entriesOf('ballot/admit/', MOST_BALLOTS)) open.admission(value, 'final');
  for (const { key, value } of ports.entriesOf(RETIREMENT, MOST_BALLOTS))
    open.retirement(key.slice(RETIREMENT.length) as OrganizationId, value, 'final');
  const head = ports.headState();
  for (const candidate of [
    ...open.candidates(),
    ...ports.applications.list().map((one) => one.application.organization),
  ])
    open.admission(head.get(admissionBallotKey(candidate)), 'included');
  for (const { organization } of ports.directory.set.members)
    open.retirement(organization, head.get(retirementBallotKey(organization)), 'included');
  for (const transaction of ports.pending()) open.vote(transaction);
  return open.list();
}

class OpenBallots {
  readonly #ports: BallotPorts;
  readonly #open = new Map<string, Ballot>();

  constructor(ports: BallotPorts) {
    this.#ports = ports;
  }

  candidates(): OrganizationId[] {
    return [...this.#open.values()]
      .filter(({ kind }) => kind === 'admit')
      .map(({ organization }) => organization as OrganizationId);
  }

  admission(value: Uint8Array | undefined, finality: Finality): void {
    if (value === undefined) return;
    const { application, votes } = decodeValue(value) as AdmissionBallot;
    this.#add(admissionOf(application), this.#counting(votes), finality);
  }

  retirement(member: OrganizationId, value: Uint8Array | undefined, finality: Finality): void {
    if (value === undefined) return;
    const { votes } = decodeValue(value) as { readonly votes: readonly BallotVote[] };
    this.#add(this.#retirementOf(member), this.#counting(votes), finality);
  }

  vote(transaction: Transaction): void {
    const { body, type } = transaction;
    if (type === 'admit-organization') this.#add(admissionOf(body.application), [body.organization], 'pending');
    else if (type === 'retire-organization') this.#add(this.#retirementOf(body.member), [body.organization], 'pending');
  }

  list(): Ballot[] {
    return [...this.#open.values()].slice(0, MOST_BALLOTS);
  }

  /** What was added before is further on its way. */
  #add(empty: Ballot, voters: readonly OrganizationId[], finality: Finality): void {
    const { directory } = this.#ports;
    const name = `${empty.kind} ${empty.organization}`;
    const ballot = this.#open.get(name) ?? empty;
    const added = voters
      .filter((voter) => memberOf(directory.set, voter) !== undefined)
      .filter((voter) => ballot.votes.every(({ organization }) => organization !== voter))
      .map((organization) => ({ organization, name: directory.nameOf(organization) ?? organization, finality }));
    if (added.length === 0) return;
    const needed = Math.floor((2 * directory.set.members.length) / 3) + 1;
    this.#open.set(name, { ...ballot, votes: [...ballot.votes, ...added], needed });
  }

  #counting(votes: readonly BallotVote[]): OrganizationId[] {
    return votes
      .filter(({ time }) => this.#ports.blockTime() - time <= BALLOT_LASTS_MS)
      .map(({ organization }) => organization);
  }

  #retirementOf(organization: OrganizationId): Ballot {
    const name = this.#ports.directory.nameOf(organization) ?? organization;
    return { kind: 'retire', organization, name, votes: [], needed: 1 };
  }
}

function admissionOf({ organization, name, address, publicKey }: MembershipApplication): Ballot {
  return { kind: 'admit', organization, name, address, publicKey, votes: [], needed: 1 };
}
