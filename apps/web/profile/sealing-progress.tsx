// What happens after "Seal": saved, waiting, in a block, final, and at last checked by this browser. Then the receipt.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Written } from '../connection/fhir.ts';
import { formatClock, formatNumber } from '../language/format.ts';
import { Steps } from '../parts/steps.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import type { Patient } from '../record/fhir.ts';
import { ReceiptPaper } from '../record/receipt-paper.tsx';
import { Changes } from './changes.tsx';
import type { ProfileChange } from './profile-form.ts';
import { useSealing } from './use-sealing.ts';

export function SealingProgress({
  written,
  changes,
}: {
  written: Written<Patient>;
  changes: readonly ProfileChange[];
}) {
  const { t } = useTranslation();
  const [savedAt] = useState(Date.now);
  const sealing = useSealing(written.transactionId);
  const final = sealing.finality === 'final';
  const check = useRecordCheck(written.resource, final);
  const checked = check.state === 'verified';
  const time = (at: number | undefined) => (at === undefined ? undefined : formatClock(at));
  return (
    <>
      <div className="page-head no-print">
        <div>
          <h1>{final ? t('sealing.sealed') : t('sealing.title')}</h1>
          <p>{final ? t('sealing.sealedLead') : t('sealing.lead')}</p>
        </div>
        <Button component={Link} to="/me" variant={final ? 'filled' : 'default'} className="end wide-on-phone">
          {t('sealing.toRecord')}
        </Button>
      </div>
      <div className="sealing">
        <div className="stack no-print" style={{ ['--gap' as string]: '24px' }}>
          <section className="card" aria-label={t('sealing.how')}>
            <h2 style={{ marginBottom: 18 }}>{t('sealing.how')}</h2>
            <div role="status" aria-live="polite">
              <Steps
                steps={[
                  { title: t('sealing.saved'), detail: t('sealing.savedDetail'), time: time(savedAt), state: 'done' },
                  {
                    title:
                      sealing.height === undefined
                        ? t('sealing.waiting')
                        : t('sealing.inBlock', { height: formatNumber(sealing.height) }),
                    detail: t('sealing.inBlockDetail'),
                    time: time(sealing.includedAt),
                    state: sealing.height === undefined ? 'now' : 'done',
                  },
                  {
                    title: t('sealing.final'),
                    detail: t('sealing.finalDetail'),
                    time: time(sealing.finalAt),
                    state: final ? 'done' : sealing.height === undefined ? 'todo' : 'now',
                  },
                  {
                    title: checked ? t('seal.verified') : t('sealing.check'),
                    detail: check.state === 'problem' ? check.words : t('sealing.checkDetail'),
                    time: checked ? time(check.checkedAt) : undefined,
                    state: checked ? 'done' : check.state === 'problem' ? 'failed' : final ? 'now' : 'todo',
                  },
                ]}
              />
            </div>
          </section>
          <section className="card" aria-label={t('sealing.changes')}>
            <h2 style={{ marginBottom: 14 }}>{t('sealing.changes')}</h2>
            <Changes changes={changes} />
          </section>
        </div>
        <ReceiptPaper resource={written.resource} check={check} />
      </div>
    </>
  );
}
