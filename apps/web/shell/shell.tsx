// The frame of every page: skip link, header, content, footer, and the way back in when a session has ended.
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { useInBrowser } from '../parts/use-in-browser.ts';
import { PaletteHost } from '../palette/palette-host.tsx';
import { PrintHead } from '../print/print-head.tsx';
import { TourHost } from '../tour/tour-host.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { OnePerson } from './one-person.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import './shell.css';

const NewKeyBanner = lazy(async () => ({ default: (await import('../account/new-key-banner.tsx')).NewKeyBanner }));

const StallBar = lazy(async () => ({ default: (await import('./stall-bar.tsx')).StallBar }));

export function Shell() {
  const { t } = useTranslation();
  const { session } = useSession();
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const first = useRef(true);
  // Where and when something is printed is nothing that the node could draw.
  const inBrowser = useInBrowser();
  useEffect(() => {
    // A new page is announced by moving the focus to it, except when the site is first opened.
    if (first.current) first.current = false;
    else if (path !== undefined) main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={session ? 'shell with-tabs' : 'shell'}>
      <OnePerson>
        <a className="skip" href="#main">
          {t('nav.skip')}
        </a>
        <Header />
        {/* One row of the frame, whatever is in it. */}
        <div>
          <OfflineBar />
          {session === undefined ? null : (
            <Suspense fallback={null}>
              <NewKeyBanner />
              <StallBar />
            </Suspense>
          )}
        </div>
        <main id="main" ref={main} tabIndex={-1}>
          {inBrowser ? <PrintHead /> : null}
          <Outlet />
        </main>
        <Footer />
        <SignInAgain />
        <PaletteHost />
      </OnePerson>
      <TourHost />
    </div>
  );
}
