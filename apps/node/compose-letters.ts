/** Joins whoever writes to people to what carries letters here: the demo's mailbox, a mail server, or nothing. */
import type { Hospital } from './hospital.ts';
import { demoMailbox, type Letters, lettersTo, smtpMail, type SmtpConfig } from './mail/index.ts';

export interface LettersConfig {
  readonly smtp?: SmtpConfig;
  /** Where people reach the node, without a slash at the end. */
  readonly publicUrl?: string;
}

export interface LettersPorts {
  readonly clock: { now(): number };
  readonly onFault: (words: string, fault: unknown) => void;
  /** IANA name. */
  readonly timeZone: string;
  /** Where the node listens; known once it does. */
  readonly ownUrl: () => string;
}

export function lettersOf(
  { demo, name, accounts }: Hospital,
  { smtp, publicUrl }: LettersConfig,
  { clock, timeZone, onFault, ownUrl }: LettersPorts,
): Letters | undefined {
  // The people of a demo have made-up addresses: nothing of it leaves the machine.
  const mail = demo ? demoMailbox(accounts.letters, clock) : smtp === undefined ? undefined : smtpMail(smtp);
  if (mail === undefined) return undefined;
  return lettersTo({ mail, hospital: name, publicUrl: () => publicUrl ?? ownUrl(), timeZone, onFault });
}
