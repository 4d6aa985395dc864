import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { Avatar } from '../parts/avatar.tsx';
import { show } from '../palette/open-palette.ts';
import { Icon } from '../parts/icon.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { navigationFor } from './navigation.ts';
import { ThemeToggle } from './theme-toggle.tsx';

const Bell = lazy(async () => ({ default: (await import('../notices/bell.tsx')).Bell }));
const PersonMenu = lazy(async () => ({ default: (await import('./person-menu.tsx')).PersonMenu }));

export function Header() {
  const { t } = useTranslation();
  const { session, loading } = useSession();
  const demo = useDemoPeople();
  return (
    <header className="site-header no-print">
      <div className="top-inside">
        <Link className="site" to="/">
          <Logo />
          Clearchart
        </Link>
        <nav className={session ? 'nav tabs' : 'nav plain'} aria-label={t('nav.main')}>
          {navigationFor(session?.role).map((link) => (
            <Link key={link.to} to={link.to} activeOptions={{ exact: link.exact ?? false }}>
              <Icon name={link.icon} />
              {t(link.words)}
            </Link>
          ))}
        </nav>
        <div className="tools">
          {demo === undefined ? null : <span className="tag warn demo">{t('nav.demo')}</span>}
          <button type="button" className="tool" aria-label={t('palette.open')} onClick={() => show('palette')}>
            <Icon name="search" />
          </button>
          {session ? (
            <Suspense fallback={<span className="tool" />}>
              <Bell key={session.accountId} session={session} />
            </Suspense>
          ) : null}
          <LanguageSwitch />
          <ThemeToggle />
          {session ? (
            <Suspense fallback={<Avatar name={session.name} />}>
              <PersonMenu session={session} />
            </Suspense>
          ) : loading ? null : (
            <Button component={Link} to="/sign-in" size="sm">
              {t('nav.signIn')}
            </Button>
          )}
        </div>
      </div>
    </header>
  );
}
