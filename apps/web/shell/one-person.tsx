// What is on the page is one person's. When the tab becomes another's, all that was fetched and typed goes before anything of the
// next one is here: a draft stays sealed for who wrote it, and nobody opens by chance the chart that the one before looked at.
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { forgetPerson } from '../connection/session.ts';
import { onParting } from '../session/index.ts';

/** Here accounts begin or are opened: they hold nothing of who is signed in, but recovery words that are shown once. */
const OF_NOBODY = ['/register', '/enrol', '/recover', '/new-key'];

export function OnePerson({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const router = useRouter();
  const [page, setPage] = useState({ turn: 0, leaving: false });
  useEffect(
    () =>
      onParting(() => {
        forgetPerson(client);
        const { pathname } = router.state.location;
        if (OF_NOBODY.includes(pathname)) return;
        const leaving = pathname !== '/';
        // At once: an effect of the old page must not meet the next person's keys.
        flushSync(() => setPage(({ turn }) => ({ turn: turn + 1, leaving })));
        if (leaving)
          void router
            .navigate({ to: '/', replace: true })
            .finally(() => setPage(({ turn }) => ({ turn, leaving: false })));
      }),
    [client, router],
  );
  return <Fragment key={page.turn}>{page.leaving ? null : children}</Fragment>;
}
