// An error in a person's words: what failed, what is safe, what to do. A code is never shown alone.
import type { TFunction } from 'i18next';
import type { IconName } from '../parts/icon.tsx';

export interface FaultWords {
  icon: IconName;
  title: string;
  detail: string;
}

interface WithStatus {
  status: number;
  code?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

function hasStatus(error: unknown): error is WithStatus {
  return typeof error === 'object' && error !== null && typeof (error as { status?: unknown }).status === 'number';
}

/** HTTP status of a refused request, undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  return hasStatus(error) ? error.status : undefined;
}

export function codeOf(error: unknown): string | undefined {
  return hasStatus(error) ? error.code : undefined;
}

/** Refusals because of how things stand, in words of their own. */
const STANDS_AGAINST = {
  'already-answered': 'answered',
  'desk-number-wrong': 'deskNumber',
  'list-under-way': 'underWay',
  'not-amended-yet': 'notAmended',
  'not-in-a-block-yet': 'notInBlock',
  'request-under-way': 'underWay',
  'too-many-disputes': 'enough',
  'too-many-feeds': 'enough',
  'too-many-record-disputes': 'enough',
} as const;

function standsAgainst(error: unknown) {
  const code = codeOf(error) ?? '';
  return Object.hasOwn(STANDS_AGAINST, code) ? STANDS_AGAINST[code as keyof typeof STANDS_AGAINST] : 'otherwise';
}

export function faultWords(error: unknown, t: TFunction): FaultWords {
  const status = statusOf(error);
  if (status === 404 || status === 403)
    return { icon: 'lock', title: t('fault.notYours'), detail: t('fault.notYoursDetail') };
  if (status === 401) return { icon: 'key', title: t('fault.signedOut'), detail: t('fault.signedOutDetail') };
  if (codeOf(error) === 'answer-not-kept')
    return { icon: 'alert', title: t('fault.sentBefore'), detail: t('fault.sentBeforeDetail') };
  if (codeOf(error) === 'history-incomplete')
    return { icon: 'clock', title: t('fault.historyComes'), detail: t('fault.historyComesDetail') };
  if (status === 429) return { icon: 'clock', title: t('fault.tooMany'), detail: t('fault.tooManyDetail') };
  if (status === 409) {
    const against = standsAgainst(error);
    return { icon: 'alert', title: t(`fault.${against}`), detail: t(`fault.${against}Detail`) };
  }
  if (status === 412) return { icon: 'alert', title: t('fault.changed'), detail: t('fault.changedDetail') };
  if (status !== undefined && status >= 400 && status < 500)
    return { icon: 'alert', title: t('fault.refused'), detail: t('fault.refusedDetail') };
  if (status === undefined && typeof navigator !== 'undefined' && !navigator.onLine) {
    return { icon: 'offline', title: t('fault.offline'), detail: t('fault.offlineDetail') };
  }
  return { icon: 'alert', title: t('fault.noAnswer'), detail: t('fault.noAnswerDetail') };
}
