import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../parts/states.tsx';
import { CheckSteps } from '../proof/check-steps.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { useTitle } from '../shell/title.ts';
import { DisputeCard } from './dispute-card.tsx';
import { ReceiptPaper } from './receipt-paper.tsx';
import '../profile/profile.css';

export function ReceiptPage() {
  const { t } = useTranslation();
  useTitle(t('receipt.title'));
  const { type = '', id = '', version = '1' } = useParams({ strict: false });
  const resource = { resourceType: type, id, meta: { versionId: version } };
  const check = useRecordCheck(resource, true);
  return (
    <div className="wrap">
      <div className="page-head no-print">
        <div>
          <h1>{t('receipt.pageTitle')}</h1>
          <p>{t('receipt.pageLead')}</p>
        </div>
      </div>
      {check.error !== undefined ? (
        <div className="card">
          <Failed error={check.error} />
        </div>
      ) : (
        <div className="sealing">
          <div className="stack" style={{ ['--gap' as string]: '20px' }}>
            <section className="card no-print" aria-label={t('check.title')}>
              <h2 style={{ marginBottom: 18 }}>{t('check.title')}</h2>
              {check.steps.length === 0 ? <Loading lines={4} /> : <CheckSteps steps={check.steps} />}
            </section>
            <DisputeCard type={type} id={id} version={version} />
          </div>
          <ReceiptPaper resource={resource} check={check} />
        </div>
      )}
    </div>
  );
}
