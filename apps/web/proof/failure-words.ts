import type { TFunction } from 'i18next';

/** Failure codes with words of their own; all others share one sentence that names the code. */
export const FAILURES = [
  'other-chain',
  'does-not-extend',
  'broken-link',
  'shorter-history',
  'wrong-signature',
  'wrong-work',
  'wrong-members',
  'too-few-votes',
  'wrong-entries',
  'wrong-fingerprint',
  'wrong-content',
  'wrong-state',
  'wrong-list',
  'wrong-receipt',
  'malformed',
] as const;

export type Failure = (typeof FAILURES)[number];

export function failureWords(reason: string | undefined, t: TFunction): string {
  const known = FAILURES.find((failure) => failure === reason);
  return known === undefined ? t('failure.other', { code: reason ?? '' }) : t(`failure.${known}`);
}
