// How fresh the followed chain is, in a reader's words: red only where something speaks against it.
import type { TFunction } from 'i18next';
import { formatNumber, formatTime } from '../language/format.ts';
import type { SealState } from '../parts/seal.tsx';
import { failureWords } from './failure-words.ts';
import { type Freshness, type MemberHead, unbelieved } from './head-freshness.ts';
import type { FreshnessCheck } from './use-freshness.ts';

export interface FreshnessWords {
  state: SealState;
  title: string;
  detail: string;
}

/** @param nameOf Name of an organization. */
export function freshnessWords(
  { outcome, checkedAt }: FreshnessCheck,
  nameOf: (organization: string) => string,
  t: TFunction,
): FreshnessWords {
  if (!outcome.ok) return { state: 'problem', title: t('seal.problem'), detail: failureWords(outcome.reason, t) };
  const { verdict, heads, members, height } = outcome.freshness;
  const alone = unbelieved(outcome.freshness);
  const answered = heads.length - alone.length;
  const said = alone
    .map((head) => t('fresh.unbelieved', { name: nameOf(head.organization), theirs: formatNumber(head.height) }))
    .join(' ');
  const withSaid = (detail: string) => (said === '' ? detail : `${detail} ${said}`);
  const counts = { count: answered, members: members.length };
  const values = { ...counts, height: formatNumber(height), when: formatTime(checkedAt) };
  switch (verdict) {
    case 'fresh': {
      const title = members.length === 1 ? t('fresh.alone') : t('fresh.confirmed', counts);
      return { state: 'verified', title, detail: withSaid(t('fresh.confirmedDetail', values)) };
    }
    case 'unconfirmed':
      return {
        state: 'unchecked',
        title: t('fresh.unconfirmed'),
        detail: withSaid(t('fresh.unconfirmedDetail', values)),
      };
    case 'stale': {
      const ahead = heads.find((head) => head.height > height);
      const name = nameOf(ahead?.organization ?? '');
      const theirs = formatNumber(ahead?.height ?? height);
      return { state: 'problem', title: t('fresh.stale'), detail: t('fresh.staleDetail', { ...values, name, theirs }) };
    }
    case 'contradicted': {
      const other = heads.find(({ isOurs }) => isOurs === false);
      const name = nameOf(other?.organization ?? '');
      const theirs = formatNumber(other?.height ?? height);
      return {
        state: 'problem',
        title: t('fresh.contradicted'),
        detail: t('fresh.contradictedDetail', { name, theirs }),
      };
    }
  }
}

/** One member's copy beside the chain followed here. */
export function copyWords(
  head: MemberHead | undefined,
  { height }: Freshness,
  t: TFunction,
): { state: SealState; words: string } {
  if (head === undefined) return { state: 'unchecked', words: t('compare.noAnswer') };
  const theirs = formatNumber(head.height);
  if (head.isOurs === false) return { state: 'problem', words: t('compare.other', { height: theirs }) };
  if (head.height > height) return { state: 'problem', words: t('compare.ahead', { height: theirs }) };
  if (head.isOurs === undefined) return { state: 'unchecked', words: t('compare.far') };
  if (head.height === height) return { state: 'verified', words: t('compare.same', { height: theirs }) };
  return { state: 'verified', words: t('compare.behind', { count: height - head.height }) };
}

/** How far all that answered agree; undefined where one of them does not. */
export function agreementWords({ heads, members, verdict }: Freshness, t: TFunction): string | undefined {
  const contradicts = heads.length === 0 || verdict === 'contradicted' || heads.some(({ isOurs }) => isOurs !== true);
  if (contradicts) return undefined;
  const height = formatNumber(Math.min(...heads.map((head) => head.height)));
  const isWhole = heads.length === members.length;
  return t(isWhole ? 'compare.all' : 'compare.some', { count: heads.length, height });
}
