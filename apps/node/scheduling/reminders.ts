/** Reminds patients of their visits by mail, once each: what has been sent is on disk before the letter leaves. */
import { type Clock, REMINDED_WITHIN_MS, reminderDue, type Timers, type WallClock } from '@clearchart/exchange';
import type { AccountStore } from '../accounts/index.ts';
import type { JoinedRecords } from '../accesses/index.ts';
import { contentOf, type ClinicalSession } from '../clinical/index.ts';
import { type Letters, timeInWords } from '../mail/index.ts';

const EVERY_MS = 60_000;
/** Visits of one day that are looked at. */
const MOST_VISITS = 5_000;

export interface ReminderPorts {
  /** With the hospital's own right. */
  readonly session: ClinicalSession;
  readonly joined: Pick<JoinedRecords, 'survivorOf'>;
  readonly accounts: Pick<AccountStore, 'accounts' | 'reminders'>;
  readonly letters: Pick<Letters, 'visitReminder'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly wall: WallClock;
  /** IANA name. */
  readonly timeZone: string;
  readonly onFault: (words: string, fault: unknown) => void;
}

interface Appointment {
  readonly id: string;
  readonly start?: string;
  readonly created?: string;
  readonly participant?: readonly { readonly actor?: { readonly reference?: string } }[];
}

/** Looks every minute. @returns how to stop. */
export function sendReminders(ports: ReminderPorts): () => void {
  let cancel = (): void => {};
  const look = (): void => {
    void remind(ports)
      .catch((fault: unknown) => ports.onFault('reminders were not sent', fault))
      .finally(again);
  };
  let stopped = false;
  function again(): void {
    if (!stopped) cancel = ports.timers.after(EVERY_MS, look);
  }
  again();
  return () => {
    stopped = true;
    cancel();
  };
}

/** Sends what is due now. */
export async function remind(ports: ReminderPorts): Promise<void> {
  const now = ports.clock.now();
  const at = (time: number) => encodeURIComponent(new Date(time).toISOString());
  const criteria = `status=booked&date=ge${at(now)}&date=lt${at(now + REMINDED_WITHIN_MS)}`;
  for (const { content } of ports.session.find('Appointment', criteria, MOST_VISITS))
    await remindOf(contentOf<Appointment>({ content }), now, ports);
}

async function remindOf({ id, start, created, participant = [] }: Appointment, now: number, ports: ReminderPorts) {
  const { accounts, reminders } = ports.accounts;
  const starts = Date.parse(start ?? '');
  const kind = reminderDue({ start: starts, bookedAt: Date.parse(created ?? '') || 0 }, now, ports.wall);
  if (kind === undefined) return;
  for (const { actor } of participant) {
    const patient = /^Patient\/(.+)$/.exec(actor?.reference ?? '')?.[1];
    const account =
      patient === undefined ? undefined : accounts.byPerson(`Patient/${ports.joined.survivorOf(patient)}`);
    if (account?.state !== 'active' || account.identity.mailReminders === false) continue;
    const name = `${id}/${starts}/${kind}/${account.id}`;
    if (!reminders.take(name, now)) continue;
    const sent = await ports.letters.visitReminder(account.identity.email, timeInWords(starts, ports.timeZone));
    if (!sent) reminders.giveBack(name);
  }
}
