// Where a code of another hospital's page arrives: confirmed and kept with the password of the account here.
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodes } from '../connection/ledger.ts';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { useSession } from '../connection/session.ts';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { type LinkCode, readLinkCode } from '../session/index.ts';
import { RequireSession } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ConfirmLink } from './confirm-link.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function LinkPage() {
  const { t } = useTranslation();
  useTitle(t('linkAccounts.title'));
  const { session } = useSession();
  const [text, setText] = useState(() => location.hash.replace(/^#/, ''));
  useEffect(() => {
    // A pseudonym stands in it: not for the history of the browser.
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
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
        <RequireSession>{text === '' ? <Paste onText={setText} /> : <Code text={text} />}</RequireSession>
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
  return <ConfirmLink code={code} nodes={nodes.data} />;
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
