// What went wrong with an account, in words that do not tell a stranger whether the account exists.
import type { TFunction } from 'i18next';
import { codeOf, faultWords } from '../connection/fault-words.ts';

/** Codes with words of their own under `account.fault`; the names are those of core/api/errors.ts. */
const KNOWN = new Set<string>([
  'account-inactive',
  'already-claimed',
  'code-invalid',
  'email-taken',
  'new-key-waits',
  'recovery-failed',
  'recovery-needs-mail',
  'sign-in-expired',
  'sign-in-failed',
]);

export function accountFaultWords(error: unknown, t: TFunction): string {
  const code = codeOf(error);
  if (code !== undefined && KNOWN.has(code)) return t(`account.fault.${code}`);
  const words = faultWords(error, t);
  return `${words.title}. ${words.detail}`;
}
