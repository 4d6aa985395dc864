import { useTranslation } from 'react-i18next';
import type { ProfileChange } from './profile-form.ts';

/** What changes, in plain words: before, struck out, and after. */
export function ChangeList({ changes }: { changes: readonly { name: string; before: string; after: string }[] }) {
  const { t } = useTranslation();
  return (
    <ul className="rows changes">
      {changes.map((change) => (
        <li key={change.name}>
          <span className="small muted">{change.name}</span>
          <span>
            {change.before === '' ? null : (
              <>
                <del>{change.before}</del>{' '}
              </>
            )}
            {change.after === '' ? <b>{t('profile.removed')}</b> : <ins>{change.after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Changes({ changes }: { changes: readonly ProfileChange[] }) {
  const { t } = useTranslation();
  return <ChangeList changes={changes.map(({ field, ...rest }) => ({ name: t(`profile.${field}`), ...rest }))} />;
}
