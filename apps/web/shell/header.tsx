import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { navigationFor } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import { ThemeMenu } from './theme-menu.tsx';

export function Header() {
  const { t } = useTranslation();
  const { session, loading } = useSession();
  const demo = useDemoPeople();
  return (
    <header className="top no-print">
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
          <LanguageSwitch />
          <ThemeMenu />
          {session ? (
            <PersonMenu session={session} />
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
