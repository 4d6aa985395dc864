// When a session ends while somebody writes, the way back in comes to them: the page and its form stay where they are, but whoever
// comes by meanwhile sees nothing of it.
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useSession } from '../connection/session.ts';
import { onSessionEnded } from '../session/index.ts';

const SignInDialog = lazy(async () => ({ default: (await import('../account/sign-in-dialog.tsx')).SignInDialog }));

export function SignInAgain() {
  const { session, signOut } = useSession();
  const navigate = useNavigate();
  const [ended, setEnded] = useState(false);
  const wasSignedIn = useRef(false);
  useEffect(() => {
    if (session) wasSignedIn.current = true;
  }, [session]);
  useEffect(() => {
    const stop = onSessionEnded(() => {
      if (wasSignedIn.current) setEnded(true);
    });
    return stop;
  }, []);
  if (!ended) return null;
  return (
    <Suspense fallback={null}>
      <SignInDialog
        email={session?.email}
        onClose={() => setEnded(false)}
        onLeave={() => {
          void navigate({ to: '/' })
            .then(signOut)
            // The hospital has ended it already, or cannot be told now: here it is over.
            .catch(() => {})
            .finally(() => {
              wasSignedIn.current = false;
              setEnded(false);
            });
        }}
      />
    </Suspense>
  );
}
