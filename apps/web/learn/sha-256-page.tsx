import { useTranslation } from 'react-i18next';
import { Note } from '../parts/states.tsx';
import { useTitle } from '../shell/title.ts';
import './learn.css';
import { PaperValues } from './paper-values.tsx';
import { Rounds } from './rounds.tsx';
import { TryIt } from './try-it.tsx';
import { useState } from 'react';

export function Sha256Page() {
  const { t } = useTranslation();
  useTitle(t('learn.title'));
  const [text, setText] = useState('abc');
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('learn.title')}</h1>
          <p>{t('learn.lead')}</p>
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        <TryIt text={text} onChange={setText} />
        <Rounds text={text} />
        <PaperValues />
        <Note tone="plain">{t('learn.paperFault')}</Note>
      </div>
    </div>
  );
}
