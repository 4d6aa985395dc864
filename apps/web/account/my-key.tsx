// What the own key is, where it stands, and what to do when it is lost.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../connection/session.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { ownPublicKeys } from '../session/index.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';

export function MyKey({ session: { keyBound, pseudonym } }: { session: Session }) {
  const { t } = useTranslation();
  const open = useKeysOpen();
  return (
    <section className="card stack" aria-labelledby="my-key">
      <h2 id="my-key">{t('account.key')}</h2>
      <p>{t(keyBound ? 'account.keyStands' : 'account.keyWaits')}</p>
      {pseudonym === undefined ? null : (
        <p className="small">
          {t('account.pseudonym')} <Fingerprint value={pseudonym} />
        </p>
      )}
      {open ? (
        ownPublicKeys().map((key) => (
          <p key={key} className="small">
            {t('account.fingerprint')} <Fingerprint value={key} />
          </p>
        ))
      ) : (
        <p className="small muted">{t('account.fingerprintClosed')}</p>
      )}
      <p className="small muted">{t('account.keyWords')}</p>
      <p className="small muted">{t('account.keyWordsShownOnce')}</p>
      <p className="small">
        <Link to="/recover">{t('account.keyLost')}</Link>
      </p>
    </section>
  );
}
