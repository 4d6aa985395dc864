import type { DuplicatePerson } from '@clearchart/api';
import { formatDate, formatMoment } from '../language/format.ts';

/** What the desk knows of somebody, line by line, to be laid beside another one. */
export function factsOf(
  { birthDate, gender, email, phone, address, registeredAt, account, id }: DuplicatePerson,
  t: (key: string) => string,
): readonly (readonly [name: string, value: string])[] {
  return [
    [t('profile.birthDate'), birthDate === undefined ? '–' : formatDate(birthDate)],
    [t('account.field.gender'), gender === undefined ? '–' : t(`gender.${gender}`)],
    [t('profile.phone'), phone ?? '–'],
    [t('profile.email'), email ?? '–'],
    [t('profile.address'), address ?? '–'],
    [t('registry.column.registered'), formatMoment(registeredAt)],
    [t('registry.column.account'), t(`registry.account.${account}`)],
    [t('registry.id'), id],
  ];
}
