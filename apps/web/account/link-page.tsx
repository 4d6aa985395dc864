// Where a code of another hospital's page arrives: confirmed and kept with the password of the account here.
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodes } from '../connection/ledger.ts';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { type Session, useSession } from '../connection/session.ts';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { type LinkCode, readLinkCode } from '../session/index.ts';
import { RequireSession } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ConfirmLink } from './confirm-link.tsx';
import { useLinkCodeFault } from './link-checks.ts';
import { SignInForm } from './sign-in-form.tsx';

export function LinkPage() {
  const { t } = useTranslation();
  useTitle(t('linkAccounts.title'));
  const { session } = useSession();
  const [text, setText] = useState(() => location.hash.slice(1));
  useEffect(() => {
    function take() {
      if (location.hash === '') return;
      setText(location.hash.slice(1));
      // A pseudonym stands in it: not for who looks at the screen.
      history.replaceState(history.state, '', location.pathname);
    }
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('linkAccounts.title')}</h1>
          <p>{t('linkAccounts.lead')}</p>
        </div>
      </div>
      {session === undefined && text !== '' ? (
        <SignInHere />
      ) : (
        <RequireSession>{text === '' ? <Paste onText={setText} /> : <Code key={text} text={text} />}</RequireSession>
      )}
    </div>
  );
}

function SignInHere() {
  const { t } = useTranslation();
  const { loading } = useSession();
  return (
    <div className="card stack">
      {loading ? (
        <Loading />
      ) : (
        <>
          <Note>{t('linkAccounts.signIn')}</Note>
          <SignInForm onDone={() => {}} />
        </>
      )}
    </div>
  );
}

function Paste({ onText, fault }: { onText: (text: string) => void; fault?: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onText(text.trim());
      }}
    >
      {fault === undefined ? null : <Note tone="bad">{fault}</Note>}
      <Textarea
        label={t('linkAccounts.paste')}
        description={t('linkAccounts.pasteDetail')}
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="filled" disabled={text.trim() === ''}>
          {t('linkAccounts.read')}
        </Button>
      </div>
    </form>
  );
}

function Code({ text: first }: { text: string }): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(first);
  const nodes = useNodes();
  const { session } = useSession();
  const { data: code, isFetched } = useReadCode(text);
  if (nodes.error !== null)
    return (
      <div className="card">
        <Failed error={nodes.error} retry={() => void nodes.refetch()} />
      </div>
    );
  if (nodes.data === undefined || !isFetched)
    return (
      <div className="card">
        <Loading lines={4} />
      </div>
    );
  if (code === null || code === undefined) return <Paste onText={setText} fault={t('linkAccounts.fault.not-a-code')} />;
  return session === undefined ? null : (
    <Checked code={code} session={session} onText={setText}>
      <ConfirmLink code={code} nodes={nodes.data} />
    </Checked>
  );
}

interface CheckedProps {
  code: LinkCode;
  session: Session;
  onText: (text: string) => void;
  children: ReactNode;
}

/** The password is asked for only when nothing speaks against the code. */
function Checked({ code, session, onText, children }: CheckedProps): ReactNode {
  const { t } = useTranslation();
  const { data: fault, error, refetch } = useLinkCodeFault(code, session);
  const isUnknown = fault === undefined || fault === 'not-here-yet';
  if (error !== null && isUnknown)
    return (
      <div className="card">
        <Failed error={error} retry={() => void refetch()} />
      </div>
    );
  if (isUnknown)
    return (
      <div className="card stack" role="status">
        <Note>{t(fault === undefined ? 'linkAccounts.checking' : 'linkAccounts.fault.not-here-yet')}</Note>
      </div>
    );
  if (fault === null) return children;
  return (
    <>
      <Paste onText={onText} fault={t(`linkAccounts.fault.${fault}`)} />
      <p className="small" style={{ marginTop: 12 }}>
        <Link to="/account">{t('linkAccounts.beginAnew')}</Link>
      </p>
    </>
  );
}

function useReadCode(text: string) {
  return useQuery({
    queryKey: ['link-code', text],
    meta: ONLY_IN_BROWSER,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async (): Promise<LinkCode | null> => (await readLinkCode(text)) ?? null,
  });
}
