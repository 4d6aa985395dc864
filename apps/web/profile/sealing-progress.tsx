// What happens after "Seal": saved, in a block, signed with the own key, final, checked by this browser. Then the receipt.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../language/format.ts';
import { Note } from '../parts/states.tsx';
import { Steps } from '../parts/steps.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { ReceiptPaper } from '../record/receipt-paper.tsx';
import { OpenKeys } from '../visit/open-keys.tsx';
import type { SealAndSign, SealedWriting } from './use-seal-and-sign.ts';
import { useSealing } from './use-sealing.ts';

interface SealingProgressProps {
  sealed: SealedWriting;
  writing: SealAndSign;
  /** What changed, in words. */
  children: ReactNode;
}

export function SealingProgress({ sealed, writing, children }: SealingProgressProps) {
  const { t } = useTranslation();
  const [savedAt] = useState(Date.now);
  const sealing = useSealing(sealed.transactionId);
  const { signed, signing, signFault } = writing;
  const final = sealing.finality === 'final';
  const [resource = { resourceType: 'Patient', id: '' }] = sealed.resources;
  const check = useRecordCheck(resource, final);
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
                    title: t(signed === undefined ? 'sealing.signing' : 'sealing.signed'),
                    detail: t('sealing.signedDetail'),
                    state:
                      signed !== undefined ? 'done' : signFault !== undefined ? 'failed' : signing ? 'now' : 'todo',
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
            {signFault === undefined ? null : (
              <div className="stack" style={{ marginTop: 18 }}>
                <Note tone="warn">{t('sealing.notSigned')}</Note>
                <div>
                  <OpenKeys>
                    <Button variant="filled" loading={signing} onClick={writing.signAgain}>
                      {t('visit.signNow')}
                    </Button>
                  </OpenKeys>
                </div>
              </div>
            )}
          </section>
          <section className="card" aria-label={t('sealing.changes')}>
            <h2 style={{ marginBottom: 14 }}>{t('sealing.changes')}</h2>
            {children}
          </section>
        </div>
        <ReceiptPaper resource={resource} check={check} />
      </div>
    </>
  );
}
