import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setSingleKeys, singleKeysOn } from './keys.ts';
import './palette.css';
import { Dialog } from '../parts/dialog.tsx';

/** The keys of the keyboard are named as they are printed, in both languages. */
const KEYS = [
  { keys: ['Ctrl', 'K'], words: 'keys.palette' },
  { keys: ['?'], words: 'keys.sheet' },
  { keys: ['Up', 'Down'], words: 'keys.move' },
  { keys: ['Enter'], words: 'keys.choose' },
  { keys: ['Esc'], words: 'keys.close' },
  { keys: ['Tab'], words: 'keys.tab' },
  { keys: ['Ctrl', 'P'], words: 'keys.print' },
] as const;

export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Dialog onClose={onClose} title={t('keys.title')}>
      <dl className="keys">
        {KEYS.map(({ keys, words }) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt="lg"
        label={t('keys.single')}
        description={t('keys.singleDetail')}
        checked={single}
        onChange={(event) => {
          setSingleKeys(event.currentTarget.checked);
          setSingle(event.currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
