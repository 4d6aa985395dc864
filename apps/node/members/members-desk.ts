/** What a hospital says about members: its votes, its own address, its application while it is none, and the votes by which a member contradicts itself. */
import { toHex } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type AdmissionBallot,
  admissionBallotKey,
  decodeValue,
  type Engine,
  type Evidence,
  inReportOrder,
  isAddress,
  isRejection,
  memberOf,
  type MembershipApplication,
  misbehaviourKey,
  type MisbehaviourState,
  type OrganizationId,
  MEMBERS_KEY,
  type MemberSet,
  parseTransaction,
  type PublicKey,
  signTransaction,
  type Transaction,
  TransactionDropped,
  type Rejection,
  reject,
  type StateKey,
  type StateReader,
  type TransactionId,
} from '@clearchart/ledger';
import type { SignedTransaction } from '../clinical/index.ts';
import type { OrganizationTransactions } from '../ledger/organization-transactions.ts';
import type { Applications } from './applications.ts';
import type { MemberDirectory } from './member-directory.ts';
import type { OrganizationKeys } from './organization-keys.ts';

export interface MembersDeskPorts {
  readonly organization: OrganizationId;
  readonly own: OrganizationTransactions;
  readonly engine: Engine;
  readonly state: StateReader;
  readonly directory: MemberDirectory;
  readonly keys: OrganizationKeys;
  readonly applications: Applications;
  readonly clock: Clock;
  readonly timers: Timers;
  /** The own application, signed for this address. */
  readonly apply: (address: string) => MembershipApplication;
  /** Brings the application to the node at this address. @throws when it is not taken. */
  readonly post: (address: string, application: MembershipApplication) => Promise<void>;
  /** Pairs of votes of one member that contradict each other. */
  readonly evidence: () => readonly Evidence[];
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
  /** Gives the hospital a new key on the ledger. What is signed from then on is signed with it. */
  rotateKey(): Promise<Ballot | Rejection>;
  /** From now on others are told that this node is reached at the address. */
  announce(address: string): void;
  close(): void;
}

const BALLOT_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 3_000;
const APPLY_AGAIN_MS = 30_000;
const REPORT_AGAIN_MS = 30_000;

export function membersDesk(ports: MembersDeskPorts): MembersDesk {
  const { applications, clock, directory, engine, keys, organization, own, state, timers } = ports;
  const stopFollowing = engine.onFinal(promoteKey);
  let address: string | undefined;
  let applyAt = 0;
  let isAnnouncing = false;
  let reportAt = 0;
  /** How often each was sent, by the entry it would make; there are no more than pieces of evidence. */
  const tries = new Map<string, number>();
  let cancel = timers.after(LOOK_AGAIN_MS, look);

  function transactionOf(signed: SignedTransaction): Transaction {
    const transaction = parseTransaction(signed.bytes);
    if (isRejection(transaction)) throw new Error(`our own transaction does not read: ${transaction.code}`);
    return transaction;
  }

  async function send(transaction: Transaction): Promise<Ballot | Rejection> {
    const answer = await engine.submit(transaction);
    if (isRejection(answer)) return answer;
    const { transactionId } = answer;
    try {
      return { transactionId, finality: (await engine.whenFinal(transactionId, BALLOT_WITHIN_MS)) ?? 'pending' };
    } catch (fault) {
      if (fault instanceof TransactionDropped) return fault.rejection;
      throw fault;
    }
  }

  /** The new key has taken the old one's place among the members too: only then may the old one go. */
  function promoteKey(): void {
    const next = keys.next === undefined ? undefined : toHex(keys.next.publicKey);
    if (next === undefined || directory.organization(organization)?.publicKey !== next) return;
    const { members, next: coming } = finalMembers();
    const isInForce = !members.some((member) => member.organization === organization && member.publicKey !== next);
    if (isInForce && coming === undefined) keys.promote();
  }

  function finalMembers(): MemberSet {
    const bytes = state.get(MEMBERS_KEY);
    if (bytes === undefined) throw new Error('the state has no member set');
    return decodeValue(bytes) as MemberSet;
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
    const isMember = memberOf(directory.set, organization) !== undefined;
    if (isMember) report();
    if (address === undefined) return;
    if (isMember) announceIfWrong(address);
    else if (directory.organization(organization) === undefined && clock.now() >= applyAt)
      void applyEverywhere(address);
  }

  function entryOf({ first, second, kind }: Evidence): StateKey<MisbehaviourState> {
    const [lower] = inReportOrder(first, second);
    return misbehaviourKey(first.organization, kind, lower.target.height);
  }

  const triesOf = (one: Evidence): number => tries.get(entryOf(one)) ?? 0;

  /**
   * Another member may have reported it in the same moment: that it stands on the ledger is all that counts. The least tried first, so
   * that one that is refused for good, its member having another key since, keeps no other back.
   */
  function report(): void {
    if (clock.now() < reportAt) return;
    const [unreported] = ports
      .evidence()
      .filter(
        (one) => memberOf(directory.set, one.first.organization) !== undefined && state.get(entryOf(one)) === undefined,
      )
      .toSorted((one, other) => triesOf(one) - triesOf(other));
    if (unreported === undefined) return;
    reportAt = clock.now() + REPORT_AGAIN_MS;
    tries.set(entryOf(unreported), triesOf(unreported) + 1);
    const [first, second] = inReportOrder(unreported.first, unreported.second);
    send(transactionOf(own.sign('report-misbehaviour', { organization, first, second }))).catch((fault: unknown) =>
      ports.onFault('misbehaviour could not be reported', fault),
    );
  }

  /** A hospital that is alone and to which nobody has applied has nobody to tell. */
  function announceIfWrong(wanted: string): void {
    const hasOthers = directory.peers().length > 0 || applications.list().length > 0;
    if (isAnnouncing || !hasOthers || directory.addressOf(organization) === wanted || !isAddress(wanted)) return;
    isAnnouncing = true;
    send(transactionOf(own.sign('announce-address', { organization, address: wanted })))
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
      const answer = await send(transactionOf(own.sign('admit-organization', { organization, application })));
      if (!isRejection(answer)) applications.forget(candidate);
      return answer;
    },
    retire: (member) => send(transactionOf(own.sign('retire-organization', { organization, member }))),
    async rotateKey() {
      const key = keys.prepareNext();
      const publicKey = toHex(key.publicKey) as PublicKey;
      const draft = own.draft('rotate-organization-key', { organization, publicKey });
      return await send(
        signTransaction(draft, [
          { signer: organization, role: 'organization', key: keys.signer },
          { signer: organization, role: 'new-key', key },
        ]),
      );
    },
    announce(wanted) {
      address = wanted;
      look();
    },
    close() {
      cancel();
      stopFollowing();
    },
  };
}
