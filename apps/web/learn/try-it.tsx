import { sha256, toHex } from '@clearchart/crypto';
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { browserSha256 } from './browser-sha-256.ts';
import { differingBits } from './padding.ts';

const TEXT_CHARACTERS_AT_MOST = 200;

/** One text, our fingerprint and the browser's; and how far one changed letter throws it. */
export function TryIt({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const bytes = new TextEncoder().encode(text);
  const ours = sha256(bytes);
  const hex = toHex(ours);
  const [theirs, setTheirs] = useState<string>();
  const before = useRef<Uint8Array>(ours);
  const [changed, setChanged] = useState<number>();
  useEffect(() => {
    let current = true;
    const message = new TextEncoder().encode(text);
    void browserSha256(message).then((value) => current && setTheirs(value));
    const fresh = sha256(message);
    const bits = differingBits(before.current, fresh);
    if (bits > 0) setChanged(bits);
    before.current = fresh;
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <section className="card stack" aria-labelledby="try-it">
      <h2 id="try-it">{t('learn.try')}</h2>
      <TextInput
        label={t('learn.text')}
        description={t('learn.textDetail')}
        value={text}
        maxLength={TEXT_CHARACTERS_AT_MOST}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <dl className="pairs" aria-live="polite">
        <dt>{t('learn.ours')}</dt>
        <dd>
          <Fingerprint value={hex} whole />
        </dd>
        <dt>{t('learn.browsers')}</dt>
        <dd>{theirs === undefined ? t('learn.noBrowser') : <Fingerprint value={theirs} whole />}</dd>
        <dt>{t('learn.verdict')}</dt>
        <dd>
          {theirs === undefined ? (
            '–'
          ) : theirs === hex ? (
            <span className="tag ok">
              <Icon name="check" />
              {t('learn.same')}
            </span>
          ) : (
            <span className="tag bad">
              <Icon name="alert" />
              {t('learn.different')}
            </span>
          )}
        </dd>
      </dl>
      {changed === undefined ? null : <p className="small muted">{t('learn.flipped', { count: changed })}</p>}
    </section>
  );
}
