// Things that have been added to the visit, each removable.
import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';

export interface Entry {
  readonly key: string;
  readonly words: string;
  readonly detail?: ReactNode;
  readonly remove: () => void;
}

export function EntryList({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <ul className="prescriptions">
      {entries.map(({ key, words, detail, remove }) => (
        <li key={key} className="prescription">
          <div className="row">
            <div className="grow">
              <b>{words}</b>
              {detail === undefined ? null : <div className="tiny muted">{detail}</div>}
            </div>
            <ActionIcon variant="subtle" size={44} aria-label={t('visit.remove', { what: words })} onClick={remove}>
              <Icon name="close" little />
            </ActionIcon>
          </div>
        </li>
      ))}
    </ul>
  );
}
