// The twenty-four words that open the person's vault when the password is lost: to be printed or written down, shown once.
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { ChainAnchor } from '../proof/chain-anchor.tsx';
import './account.css';

export function RecoveryCard({ words, onDone, next }: { words: readonly string[]; onDone: () => void; next: string }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <section className="card stack" aria-labelledby="recovery-words">
      <div>
        <h2 id="recovery-words" className="large">
          {t('account.words')}
        </h2>
        <p className="muted">{t('account.wordsDetail')}</p>
      </div>
      <ol className="words" translate="no" lang="en">
        {words.map((word, at) => (
          <li key={at}>{word}</li>
        ))}
      </ol>
      <p className="small muted">{t('account.wordsMadeOn', { when: formatDate(Date.now()) })}</p>
      <ChainAnchor />
      <div className="no-print stack">
        <Note tone="warn">{t('account.wordsWarning')}</Note>
        <Checkbox
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          label={t('account.wordsKept')}
        />
        <div className="actions">
          <Button variant="filled" disabled={!kept} onClick={onDone}>
            {next}
          </Button>
          <Button leftSection={<Icon name="print" little />} onClick={() => print()}>
            {t('receipt.print')}
          </Button>
        </div>
      </div>
    </section>
  );
}
