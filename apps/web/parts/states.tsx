// The states every page can be in: loading (after 300 ms), empty, failed, not yours or not there.
import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, faultWords } from '../connection/fault-words.ts';
import { HistoryComes } from './history-comes.tsx';
import { Icon, type IconName } from './icon.tsx';

const SHOW_BARS_AFTER_MS = 300;
const NAME_THE_WAIT_AFTER_MS = 3000;

function useAfter(delayMs: number): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return after;
}

/** Grey bars in the shape of what comes; after three seconds also a sentence. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  const bars = useAfter(SHOW_BARS_AFTER_MS);
  const sentence = useAfter(NAME_THE_WAIT_AFTER_MS);
  return (
    <div className="stack" role="status" aria-live="polite" style={{ minHeight: 24 + lines * 26 }}>
      <span className="hidden-visually">{bars ? t('state.loading') : ''}</span>
      {bars ? <Skeleton height={18} width="60%" radius="xs" animate={false} /> : null}
      {bars
        ? Array.from({ length: lines }, (_, at) => (
            <Skeleton key={at} height={14} width={`${100 - ((at * 18) % 50)}%`} radius="xs" animate={false} />
          ))
        : null}
      {sentence ? <p className="small muted">{t('state.stillLoading')}</p> : null}
    </div>
  );
}

interface StateProps {
  icon: IconName;
  tone?: 'bad' | 'brand';
  title: string;
  /** It is all the page says: its title is the page's heading. */
  wholePage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}

export function State({ icon, tone, title, wholePage = false, children, action }: StateProps) {
  const Heading = wholePage ? 'h1' : 'h2';
  return (
    <div className="stack" style={{ ['--gap' as string]: '12px', justifyItems: 'start' }}>
      <span className={`picture ${tone ?? ''}`}>
        <Icon name={icon} />
      </span>
      <div>
        <Heading className="state-title">{title}</Heading>
        {children === undefined ? null : <p className="small muted">{children}</p>}
      </div>
      {action}
    </div>
  );
}

/** Says what failed, what is safe and what to do. Absent and forbidden read the same. */
export function Failed({
  error,
  retry,
  wholePage = false,
}: {
  error: unknown;
  retry?: () => void;
  wholePage?: boolean;
}) {
  const { t } = useTranslation();
  const words = faultWords(error, t);
  if (codeOf(error) === 'history-incomplete') return <HistoryComes retry={retry} />;
  return (
    <div role="alert">
      <State
        icon={words.icon}
        tone={words.icon === 'lock' ? 'brand' : 'bad'}
        title={words.title}
        wholePage={wholePage}
        action={
          retry === undefined ? undefined : (
            <Button size="sm" onClick={retry}>
              {t('state.tryAgain')}
            </Button>
          )
        }
      >
        {words.detail}
      </State>
    </div>
  );
}

/** Advice in a box: always icon and words. */
export function Note({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'ok' | 'warn' | 'bad' | 'plain';
  children: ReactNode;
}) {
  const icon: IconName = tone === 'ok' ? 'check' : tone === 'warn' ? 'clock' : tone === 'bad' ? 'alert' : 'info';
  return (
    <div className={`note ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icon} />
      <span>{children}</span>
    </div>
  );
}
