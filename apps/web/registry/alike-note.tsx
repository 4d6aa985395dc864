import type { Alike } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../language/format.ts';
import { Note } from '../parts/states.tsx';

/** A warning for whoever decides: who this may be, and what speaks for it. */
export function AlikeNote({ alike }: { alike: readonly Alike[] }) {
  const { t } = useTranslation();
  return (
    <Note tone="warn">
      {t('registry.alike')}{' '}
      {alike
        .map(({ name, birthDate, because }) => {
          const reasons = because.map((reason) => t(`people.because.${reason}`)).join(', ');
          return `${[name, birthDate === undefined ? undefined : formatDate(birthDate)].filter((part) => part !== undefined).join(', ')} (${reasons})`;
        })
        .join(' · ')}
    </Note>
  );
}
