import type { TFunction } from 'i18next';
import type { AccessLineView } from '../proof/check-accesses.ts';

/** The hospital's word for whoever allowed a program on the command line: nobody with an account. */
const OPERATOR = 'operator';

export function readerName({ role, name }: AccessLineView, t: TFunction): string {
  return role === 'system' && name === OPERATOR ? t('accesses.program') : name;
}

export function allowedBy({ authorisedBy }: AccessLineView): string | undefined {
  return authorisedBy === OPERATOR ? undefined : authorisedBy;
}
