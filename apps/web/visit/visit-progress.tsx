// What happens after "Seal": saved, in a block, signed with the own key, final, checked by this browser.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../language/format.ts';
import { Note } from '../parts/states.tsx';
import { Steps } from '../parts/steps.tsx';
import { useSealing } from '../profile/use-sealing.ts';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { OpenKeys } from './open-keys.tsx';
import type { Finishing } from './use-finish-visit.ts';

export function VisitProgress({ finishing, onDone }: { finishing: Finishing; onDone: () => void }) {
  const { t } = useTranslation();
  const { sent, signed, signFault } = finishing;
  const visit = useSealing(sent?.transactionId);
  const signature = useSealing(signed?.transactionId);
  const [encounter] = sent?.resources ?? [];
  const final = signed !== undefined && signature.finality === 'final';
  const check = useRecordCheck(signed?.resource ?? { resourceType: 'Provenance', id: '' }, final);
  const checked = check.state === 'verified';
  const inBlock = visit.height !== undefined || signed !== undefined;
  const time = (at: number | undefined) => (at === undefined ? undefined : formatClock(at));
  if (encounter === undefined) return null;
  return (
    <div className="visit-body stack">
      <div role="status" aria-live="polite">
        <Steps
          steps={[
            {
              title: t('visit.progress.saved'),
              detail: t('visit.progress.savedDetail', { count: sent?.resources.length ?? 0 }),
              time: time(finishing.sentAt),
              state: 'done',
            },
            {
              title:
                visit.height === undefined
                  ? t('sealing.waiting')
                  : t('sealing.inBlock', { height: formatNumber(visit.height) }),
              time: time(visit.includedAt),
              state: inBlock ? 'done' : 'now',
            },
            {
              title: signed === undefined ? t('visit.progress.signing') : t('visit.progress.signed'),
              detail: t('visit.progress.signedDetail'),
              time: time(finishing.signedAt),
              state: signed !== undefined ? 'done' : signFault !== undefined ? 'failed' : inBlock ? 'now' : 'todo',
            },
            {
              title: t('sealing.final'),
              time: time(signature.finalAt),
              state: final ? 'done' : signed === undefined ? 'todo' : 'now',
            },
            {
              title: checked ? t('seal.verified') : t('sealing.check'),
              detail: check.state === 'problem' ? check.words : undefined,
              time: checked ? time(check.checkedAt) : undefined,
              state: checked ? 'done' : check.state === 'problem' ? 'failed' : final ? 'now' : 'todo',
            },
          ]}
        />
      </div>
      {signFault === undefined ? null : (
        <>
          <Note tone="warn">{t('visit.notSigned')}</Note>
          <OpenKeys>
            <Button variant="filled" onClick={finishing.signAgain}>
              {t('visit.signNow')}
            </Button>
          </OpenKeys>
        </>
      )}
      {signed === undefined ? null : (
        <Button onClick={onDone} variant={checked ? 'filled' : 'default'}>
          {t('visit.newVisit')}
        </Button>
      )}
    </div>
  );
}
