/** What a hospital says about who is a member: its votes, its own address, its application while it is none. */
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type AdmissionBallot,
  admissionBallotKey,
  decodeValue,
  type Engine,
  isAddress,
  isRejection,
  memberOf,
  type MembershipApplication,
  type OrganizationId,
  parseTransaction,
  type Rejection,
  reject,
  type StateReader,
  type TransactionId,
} from '@clearchart/ledger';
import type { SignedTransaction } from '../clinical/index.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';
import type { Applications } from './applications.ts';
import type { MemberDirectory } from './member-directory.ts';

export interface MembersDeskPorts {
  readonly organization: OrganizationId;
  readonly own: OrganizationTransactions;
  readonly engine: Engine;
  readonly state: StateReader;
  readonly directory: MemberDirectory;
  readonly applications: Applications;
  readonly clock: Clock;
  readonly timers: Timers;
  /** The own application, signed for this address. */
  readonly apply: (address: string) => MembershipApplication;
  /** Brings the application to the node at this address. @throws when it is not taken. */
  readonly post: (address: string, application: MembershipApplication) => Promise<void>;
  readonly onFault: (words: string, fault: unknown) => void;
}

export interface Ballot {
  readonly transactionId: TransactionId;
  /** How far it came within the time; it goes on by itself. */
  readonly finality: 'pending' | 'included' | 'final';
}

export interface MembersDesk {
  /** This hospital's vote to admit one that has applied, here or at another member. */
  admit(organization: OrganizationId): Promise<Ballot | Rejection>;
  /** This hospital's vote that a member leaves. */
  retire(member: OrganizationId): Promise<Ballot | Rejection>;
  /** From now on others are told that this node is reached at the address. */
  announce(address: string): void;
  close(): void;
}

const BALLOT_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 3_000;
const APPLY_AGAIN_MS = 30_000;

export function membersDesk(ports: MembersDeskPorts): MembersDesk {
  const { applications, clock, directory, engine, organization, own, state, timers } = ports;
  let address: string | undefined;
  let applyAt = 0;
  let isAnnouncing = false;
  let cancel = timers.after(LOOK_AGAIN_MS, look);

  async function send(signed: SignedTransaction): Promise<Ballot | Rejection> {
    const transaction = parseTransaction(signed.bytes);
    if (isRejection(transaction)) throw new Error(`our own transaction does not read: ${transaction.code}`);
    const answer = await engine.submit(transaction);
    if (isRejection(answer)) return answer;
    const { transactionId } = answer;
    return { transactionId, finality: (await engine.whenFinal(transactionId, BALLOT_WITHIN_MS)) ?? 'pending' };
  }

  function applicationOf(candidate: OrganizationId): MembershipApplication | undefined {
    const heard = applications.of(candidate);
    if (heard !== undefined) return heard;
    const ballot = state.get(admissionBallotKey(candidate));
    return ballot === undefined ? undefined : (decodeValue(ballot) as AdmissionBallot).application;
  }

  function look(): void {
    cancel();
    cancel = timers.after(LOOK_AGAIN_MS, look);
    if (address === undefined) return;
    const isMember = memberOf(directory.set, organization) !== undefined;
    if (isMember) announceIfWrong(address);
    else if (directory.organization(organization) === undefined && clock.now() >= applyAt)
      void applyEverywhere(address);
  }

  /** A hospital that is alone and to which nobody has applied has nobody to tell. */
  function announceIfWrong(wanted: string): void {
    const hasOthers = directory.peers().length > 0 || applications.list().length > 0;
    if (isAnnouncing || !hasOthers || directory.addressOf(organization) === wanted || !isAddress(wanted)) return;
    isAnnouncing = true;
    send(own.sign('announce-address', { organization, address: wanted }))
      .then((answer) => {
        if (isRejection(answer)) throw new Error(answer.code);
      })
      .catch((fault: unknown) => ports.onFault('the own address could not be announced', fault))
      .finally(() => {
        isAnnouncing = false;
      });
  }

  async function applyEverywhere(wanted: string): Promise<void> {
    applyAt = clock.now() + APPLY_AGAIN_MS;
    const application = ports.apply(wanted);
    const addresses = directory.peers().map((peer) => directory.addressOf(peer));
    const posted = addresses.filter((one) => one !== undefined).map((one) => ports.post(one, application));
    const results = await Promise.allSettled(posted);
    if (results.every(({ status }) => status === 'rejected')) applyAt = clock.now() + LOOK_AGAIN_MS;
  }

  return {
    async admit(candidate) {
      const application = applicationOf(candidate);
      if (application === undefined) return reject('organization-unknown', { organization: candidate });
      const answer = await send(own.sign('admit-organization', { organization, application }));
      if (!isRejection(answer)) applications.forget(candidate);
      return answer;
    },
    retire: (member) => send(own.sign('retire-organization', { organization, member })),
    announce(wanted) {
      address = wanted;
      look();
    },
    close: () => cancel(),
  };
}
