import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';

export function Footer() {
  const { t } = useTranslation();
  const demo = useDemoPeople();
  return (
    <footer className="foot no-print">
      <div>
        <span>{demo === undefined ? t('foot.limits') : t('foot.demo')}</span>
        <Link to="/explorer">{t('nav.blocks')}</Link>
        <Link to="/hospitals">{t('nav.hospitals')}</Link>
        <Link to="/verify">{t('nav.verify')}</Link>
        <Link to="/learn/sha-256">{t('nav.learn')}</Link>
      </div>
    </footer>
  );
}
