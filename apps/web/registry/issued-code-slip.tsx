import type { IssuedCode } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';

/** A one-time code, shown this once: to be printed or read out to the person who stands at the desk. */
export function IssuedCodeSlip({ issued, name }: { issued: IssuedCode; name: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${issued.path}`;
  return (
    <div className="code-slip stack">
      <p>
        {t('registry.codeFor')} <b>{name}</b>
      </p>
      <p className="issued-code" translate="no">
        {issued.code}
      </p>
      <p className="small muted break">{link}</p>
      <p className="small muted">{t('registry.codeUntil', { when: formatMoment(issued.expires) })}</p>
      <div className="no-print stack">
        <Note tone="warn">{t('registry.codeOnce')}</Note>
        <div className="actions">
          <Button size="sm" leftSection={<Icon name="print" little />} onClick={() => print()}>
            {t('receipt.print')}
          </Button>
          <Button size="sm" onClick={() => void navigator.clipboard?.writeText(link).then(() => setCopied(true))}>
            {copied ? t('registry.copied') : t('registry.copyLink')}
          </Button>
        </div>
      </div>
    </div>
  );
}
