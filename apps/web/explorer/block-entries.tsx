import type { LedgerBlock, LedgerMember } from '@clearchart/api';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';
import { formatMoment, formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { entryWords, nameOf } from './entry-words.ts';

export type Lens = 'plain' | 'clinical' | 'expert';

/** Entries drawn at once; a block may hold thousands. */
const ENTRIES_AT_ONCE = 50;
/** Characters of raw JSON drawn for one entry. */
const JSON_CHARACTERS_AT_MOST = 20_000;

export function BlockEntries({
  block,
  members,
  lens,
}: {
  block: LedgerBlock;
  members: readonly LedgerMember[];
  lens: Lens;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(ENTRIES_AT_ONCE);
  const { header, transactions } = block.block;
  const height = Number(header['height']);
  return (
    <section
      className="card stack"
      style={{ ['--gap' as string]: '20px' }}
      aria-label={t('block.entriesOf', { height: formatNumber(height) })}
    >
      <div className="rows">
        {transactions.length === 0 ? (
          <p className="muted">
            {t('block.noEntries')} {members.length > 1 ? t('block.noEntriesWhy') : null}
          </p>
        ) : null}
        {transactions.slice(0, shown).map((transaction, at) => (
          <Entry
            key={block.ids[at] ?? at}
            id={block.ids[at] ?? ''}
            transaction={transaction}
            members={members}
            lens={lens}
          />
        ))}
      </div>
      {shown >= transactions.length ? null : (
        <Button size="sm" onClick={() => setShown(shown + ENTRIES_AT_ONCE)}>
          {t('block.more', { count: transactions.length - shown })}
        </Button>
      )}
      <dl className="pairs block-facts">
        <dt>{t('block.madeBy')}</dt>
        <dd>
          {nameOf(String(header['proposer']), members)}, {formatMoment(Number(header['time']))}
        </dd>
        <dt>{t('block.fingerprint')}</dt>
        <dd>
          <Fingerprint value={block.hash} whole={lens === 'expert'} />
        </dd>
        <dt>{t('block.before')}</dt>
        <dd>
          {height > 1 ? (
            <Link to="/explorer/blocks/$height" params={{ height: String(height - 1) }}>
              {formatNumber(height - 1)}
            </Link>
          ) : (
            t('block.founding')
          )}{' '}
          <Fingerprint value={String(header['previousHash'])} whole={lens === 'expert'} />
        </dd>
      </dl>
      {lens === 'expert' ? <Json value={header} label={t('block.header')} /> : null}
    </section>
  );
}

interface EntryProps {
  id: string;
  transaction: Record<string, unknown>;
  members: readonly LedgerMember[];
  lens: Lens;
}

function Entry({ id, transaction, members, lens }: EntryProps) {
  const { t } = useTranslation();
  const words = entryWords(transaction, members);
  const values = { ...words.values, organization: words.organization, other: words.other ?? '' };
  if (lens === 'expert') {
    return (
      <div className="stack" style={{ ['--gap' as string]: '8px' }}>
        <p className="small muted break">
          <b>{String(transaction['type'])}</b> <Fingerprint value={id} />
        </p>
        <Json value={transaction} label={t('block.entryJson')} />
      </div>
    );
  }
  return (
    <div className="row top" style={{ ['--gap' as string]: '14px' }}>
      <span className={lens === 'plain' ? 'picture brand' : 'picture'}>
        <Icon name={words.icon} />
      </span>
      <div>
        <h3>{t(`entry.${words.key}.${lens}`, values)}</h3>
        <p className="small muted">
          {t(`entry.${words.key}.${lens}Detail`, { ...values, count: words.values['people'] ?? 1, id: id.slice(0, 8) })}
        </p>
      </div>
    </div>
  );
}

function Json({ value, label }: { value: unknown; label: string }) {
  const { t } = useTranslation();
  const text = JSON.stringify(value, null, 2);
  return (
    // A region that scrolls must be reachable by keyboard
    <pre className="json" tabIndex={0} aria-label={label}>
      {text.length > JSON_CHARACTERS_AT_MOST
        ? `${text.slice(0, JSON_CHARACTERS_AT_MOST)}\n${t('block.jsonCut')}`
        : text}
    </pre>
  );
}
