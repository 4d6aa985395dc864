// What was mended on this hospital's disk, in sentences: neither file names nor codes.
import type { Repair } from '@clearchart/api';
import type { TFunction } from 'i18next';
import { formatNumber } from '../language/format.ts';

export function repairWords({ blocks, from, what, where }: Repair, t: TFunction): string {
  if (what === 'block' && blocks !== undefined) {
    const { first, last } = blocks;
    if (last === undefined) return t('node.repair.fetchedAnew', { first: formatNumber(first) });
    const values = { first: formatNumber(first), last: formatNumber(last), count: last - first + 1 };
    return from === undefined
      ? t('node.repair.blocks', values)
      : t('node.repair.blocksFrom', { ...values, name: from });
  }
  if (what === 'block') return from === undefined ? t('node.repair.some') : t('node.repair.someFrom', { name: from });
  if (what === 'state') return t('node.repair.state');
  return where === VOTES ? t('node.repair.votes') : t('node.repair.older');
}

/** The file in which a hospital keeps how it voted. */
const VOTES = 'consensus.db';
