/** Letters to people, by SMTP or into the mailbox of the demo. */
export { type Letters, lettersTo, timeInWords } from './letters.ts';
export { demoMailbox } from './mailbox.ts';
export { smtpMail, type SmtpConfig } from './smtp.ts';
