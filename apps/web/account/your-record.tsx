import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The way to the file and the print of the own record. */
export function YourRecord() {
  const { t } = useTranslation();
  return (
    <section className="card stack" aria-labelledby="your-record">
      <h2 id="your-record">{t('account.record')}</h2>
      <p className="small muted">{t('account.recordDetail')}</p>
      <p className="small">
        <Link to="/me">{t('account.toTakeAway')}</Link>
      </p>
    </section>
  );
}
