import type { TFunction } from 'i18next';
import { codeOf } from '../connection/fault-words.ts';
import { accountFaultWords } from './account-fault-words.ts';

/** Why two accounts were not linked. */
export function linkFaultWords(error: unknown, t: TFunction): string {
  if (error instanceof Error && error.name === 'LinkRefused' && 'fault' in error)
    return t(`linkAccounts.fault.${String(error.fault)}`);
  if (codeOf(error) === 'changed-meanwhile') return t('linkAccounts.fault.changed-meanwhile');
  return accountFaultWords(error, t);
}
