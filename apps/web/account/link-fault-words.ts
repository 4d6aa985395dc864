import type { TFunction } from 'i18next';
import { codeOf } from '../connection/fault-words.ts';
import type { LinkFault } from '../session/index.ts';
import { accountFaultWords } from './account-fault-words.ts';

/** By name: the class itself comes in a chunk that is fetched late. */
export function linkFaultOf(error: unknown): LinkFault | undefined {
  if (error instanceof Error && error.name === 'LinkRefused' && 'fault' in error) return error.fault as LinkFault;
  return undefined;
}

/** Why two accounts were not linked. */
export function linkFaultWords(error: unknown, t: TFunction): string {
  const refused = linkFaultOf(error);
  if (refused !== undefined) return t(`linkAccounts.fault.${refused}`);
  if (codeOf(error) === 'changed-meanwhile') return t('linkAccounts.fault.changed-meanwhile');
  return accountFaultWords(error, t);
}
