import { useTranslation } from 'react-i18next';
import { SealMark } from '../parts/seal.tsx';
import { Failed } from '../parts/states.tsx';
import { CheckSteps } from '../proof/check-steps.tsx';
import { useAnchorCheck } from '../proof/use-anchor-check.ts';
import type { CheckLink } from './check-link.ts';

/** Checks the receipt whose QR code was scanned: its fingerprint must stand in the ledger this browser follows. */
export function LinkCheck({ link }: { link: CheckLink }) {
  const { t } = useTranslation();
  const { check, error } = useAnchorCheck(link);
  const done = check.steps.length > 0 && check.steps.every((step) => step.state === 'done');
  const failed = check.steps.some((step) => step.state === 'failed');
  return (
    <section className={`card outcome ${done ? 'ok' : failed ? 'bad' : ''}`} aria-label={t('verify.scanned')}>
      <SealMark state={done ? 'verified' : failed ? 'problem' : 'unchecked'} size={96} />
      <div role="status">
        <h2 className="large">{done ? t('verify.scannedGood') : failed ? t('verify.bad') : t('check.checking')}</h2>
        <p className="muted">{t('verify.scannedDetail')}</p>
      </div>
      <div className="rows">{error === undefined ? <CheckSteps steps={check.steps} /> : <Failed error={error} />}</div>
    </section>
  );
}
