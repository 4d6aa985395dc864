import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLedgerStatus } from '../connection/ledger.ts';
import { useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Logo } from '../shell/logo.tsx';
import { usePrinting } from './use-printing.ts';
import './print.css';

const SCHEME = 'data-mantine-color-scheme';

/** Paper is white: a dark page is printed light. */
function usePrintLight(printing: boolean): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const before = root.getAttribute(SCHEME);
    if (!printing || before === null) return undefined;
    root.setAttribute(SCHEME, 'light');
    return () => root.setAttribute(SCHEME, before);
  }, [printing]);
}

/** The head of every printed page: the hospital, who printed it and when, and where its receipts are checked. */
export function PrintHead() {
  const { t } = useTranslation();
  const { session } = useSession();
  const { data: status } = useLedgerStatus();
  const printing = usePrinting();
  const [at, setAt] = useState(() => Date.now());
  if (printing && Date.now() - at > 1_000) setAt(Date.now());
  usePrintLight(printing);
  const when = formatMoment(at);
  return (
    <div className="print-head print-only" aria-hidden="true">
      <Logo />
      <div>
        <b>{status?.members.map(({ name }) => name).join(', ') ?? 'Clearchart'}</b>
        <p>{session === undefined ? t('print.when', { when }) : t('print.by', { name: session.name, when })}</p>
      </div>
      <p className="print-check">
        {t('print.check', { address: `${location.origin}/verify` })}
        {status === undefined ? null : (
          <>
            <br />
            {t('print.chain')} <code>{status.chainId.slice(0, 16)}</code>
          </>
        )}
      </p>
    </div>
  );
}
