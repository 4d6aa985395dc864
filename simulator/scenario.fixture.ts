/** What a test lets happen at moments of its choice, beside or instead of the weather. */
import { type Transaction, isRejection, transactionId } from '@clearchart/ledger';
import { showLongChain } from './byzantine/acts.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import { type SimulatedMember, withTime } from './simulated-member.ts';
import type { Stage } from './stage.ts';

/** More than their holders bring into blocks of their own in a moment. */
const LOST = 200;
/** The head is never much further when all is well. */
const NEAR = 10;

export function memberAt(stage: Stage, index: number): SimulatedMember {
  const member = stage.members[index];
  if (member === undefined) throw new RangeError('There is no such member');
  return member;
}

export function at(stage: Stage, atMs: number, act: () => Promise<void>): void {
  stage.queue.plan(atMs, () => stage.guard(act()));
}

/** Its machine goes down; while it is down something happens to its disks; then it comes back. */
export function whileDown(
  stage: Stage,
  atMs: number,
  member: SimulatedMember,
  act: (member: SimulatedMember) => void | Promise<void>,
): void {
  at(stage, atMs, async () => {
    await member.crash();
    await act(member);
    stage.checkers.forget(member);
    stage.start(member, 1_000);
  });
}

/** Nobody hears the member, and it hears nobody. */
export function isolate(stage: Stage, member: SimulatedMember): void {
  for (const { organization } of [...stage.members, ...stage.byzantine]) {
    stage.network.cut(organization, member.organization);
    stage.network.cut(member.organization, organization);
  }
}

/** What the member says from now on is lost; it hears the others. */
export function silence(stage: Stage, member: SimulatedMember): void {
  for (const { organization } of [...stage.members, ...stage.byzantine])
    stage.network.cut(member.organization, organization);
}

/** Two of the members hold transactions that nobody else has heard of; what is final must follow the head all the same. */
export function loseTransactions(stage: Stage): void {
  const holders = [memberAt(stage, 0), memberAt(stage, 1)];
  at(stage, 5_000, async () => {
    for (const holder of holders) silence(stage, holder);
    for (const { engine, hospital, nowMs } of holders.map(withTime))
      for (let count = 0; count < LOST; count += 1) await engine?.submit(hospital.enrolment(nowMs));
  });
  at(stage, 5_001, async () => stage.network.heal());
  for (let second = 6; second < 30; second += 1)
    at(stage, second * 1_000, async () => {
      const { height = 0, finalHeight = 0 } = holders[0]?.engine?.status() ?? {};
      if (height > finalHeight + NEAR)
        throw new PromiseBroken(`In the calmest weather ${finalHeight} of ${height} are final`);
    });
}

/** While nothing becomes final a change of the members is decided, and one of them says at once that it is in force. */
export function hurryChange(stage: Stage): void {
  const [home, other] = [memberAt(stage, 0), memberAt(stage, 1)];
  at(stage, 10_000, async () => {
    for (const index of [2, 3]) isolate(stage, memberAt(stage, index));
    await home.engine?.submit(home.hospital.rotation(home.now()));
  });
  at(stage, 20_000, async () => void (await other.engine?.submit(other.hospital.activation(other.now()))));
  at(stage, 25_000, async () => stage.network.heal());
}

/** Every second from now on the byzantine member shows a long chain to whoever asks. */
export function showLongChains(stage: Stage): void {
  for (let second = 5; second < 60; second += 1)
    at(stage, second * 1_000, async () => {
      const [member] = stage.byzantine;
      if (member !== undefined) showLongChain(member);
    });
}

/**
 * A person takes a new key while one member is cut off; there, where nobody has heard of it, a thief uses the old one.
 * @returns what became of it
 */
export function stealBehindTheCut(stage: Stage): { isAdmitted: boolean; isRevoked: boolean } {
  const outcome = { isAdmitted: false, isRevoked: false };
  const [home, cutOff] = [memberAt(stage, 0), memberAt(stage, 3)];
  const pseudonym = '0f'.repeat(16);
  const submit = async (member: SimulatedMember, transaction: Transaction) => {
    const answer = await member.engine?.submit(transaction);
    return answer !== undefined && !isRejection(answer);
  };
  at(stage, 5_000, async () => void (await submit(home, home.hospital.enrolmentWithKey(pseudonym, home.now()))));
  at(stage, 20_000, async () => isolate(stage, cutOff));
  at(stage, 22_000, async () => {
    const pair = home.hospital.newKeyAndTheft(pseudonym, home.now());
    if (pair === undefined) return;
    stage.people.bad.add(transactionId(pair.theft));
    at(stage, 8_000, async () => {
      outcome.isRevoked = stage.checkers.reference.heights.has(transactionId(pair.rotation));
      outcome.isAdmitted = await submit(cutOff, pair.theft);
    });
    await submit(home, pair.rotation);
  });
  return outcome;
}
