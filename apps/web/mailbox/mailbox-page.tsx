import type { DemoMailbox } from '@clearchart/api';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';
import { statusOf } from '../connection/fault-words.ts';
import { getJson } from '../connection/get-json.ts';
import { formatMoment } from '../language/format.ts';
import { loadDevanagari } from '../language/i18n.ts';
import { Failed, Loading, Note, State } from '../parts/states.tsx';
import { useTitle } from '../shell/title.ts';
import { letterParts } from './letter-parts.ts';
import './mailbox.css';

/** What is new is looked for so often while the page is open. */
const LOOK_AGAIN_MS = 4_000;

/** Letters to the demo's invented people. */
export function MailboxPage() {
  const { t } = useTranslation();
  useTitle(t('mailbox.title'));
  const people = useDemoPeople() ?? [];
  const [to, setTo] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['mailbox'],
    refetchInterval: LOOK_AGAIN_MS,
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = getJson('/api/demo/mailbox', (shapes) => shapes.demoMailboxSchema, signal);
      const [{ letters }] = await Promise.all([asked, loadDevanagari()]);
      return letters;
    },
  });
  if (statusOf(error) === 404) {
    return (
      <div className="wrap narrow">
        <div className="card">
          <State icon="file" title={t('mailbox.none')} wholePage>
            {t('mailbox.noneDetail')}
          </State>
        </div>
      </div>
    );
  }
  const letters = data?.filter((letter) => to === '' || letter.to === to);
  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('mailbox.title')}</h1>
          <p>{t('mailbox.lead')}</p>
        </div>
      </div>
      <div className="stack">
        <NativeSelect
          label={t('mailbox.for')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={[
            { value: '', label: t('mailbox.everybody') },
            ...people.map(({ name, email }) => ({ value: email, label: `${name} · ${email}` })),
          ]}
        />
        {error !== null ? (
          <div className="card">
            <Failed error={error} retry={() => void refetch()} />
          </div>
        ) : letters === undefined ? (
          <div className="card">
            <Loading />
          </div>
        ) : letters.length === 0 ? (
          <div className="card">
            <State icon="file" tone="brand" title={t('mailbox.empty')}>
              {t('mailbox.emptyDetail')}
            </State>
          </div>
        ) : (
          <ul className="letters stack">
            {letters.map((letter) => (
              <LetterCard key={letter.id} letter={letter} />
            ))}
          </ul>
        )}
        <Note tone="plain">{t('mailbox.onlyDemo')}</Note>
      </div>
    </div>
  );
}

function LetterCard({ letter }: { letter: DemoMailbox['letters'][number] }) {
  const { t } = useTranslation();
  return (
    <li className="card stack">
      <div>
        <h2 className="break">{letter.subject}</h2>
        <p className="small muted break">
          {t('mailbox.to', { address: letter.to })} · {formatMoment(letter.sentAt)}
        </p>
      </div>
      {letterParts(letter.text).map((part, at) =>
        part.path === undefined ? (
          <p key={at} lang={part.language}>
            {part.text}
          </p>
        ) : (
          <p key={at}>
            <a className="break" href={part.path}>
              {t('mailbox.openLink')}
            </a>
          </p>
        ),
      )}
    </li>
  );
}
