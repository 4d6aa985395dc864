import type { PatientListWriting } from '@clearchart/api';
import { Button, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Failed, Note, State } from '../parts/states.tsx';

interface ListProgressProps {
  list: PatientListWriting;
  unanswered: Error | null;
  breakOff: { mutate: () => void; isPending: boolean };
}

/** How far the list has come; it goes on when this page is closed. */
export function ListProgress({ list: { written, of }, unanswered, breakOff }: ListProgressProps) {
  const { t } = useTranslation();
  return (
    <section className="card stack" aria-label={t('people.writing')}>
      <p role="status">{t('people.writtenOf', { written: formatNumber(written), of: formatNumber(of) })}</p>
      <Progress value={(written / Math.max(of, 1)) * 100} aria-label={t('people.writing')} />
      <p className="small muted">{t('people.writingDetail')}</p>
      {unanswered === null ? null : <Failed error={unanswered} />}
      <div>
        <Button loading={breakOff.isPending} onClick={() => breakOff.mutate()}>
          {t('people.breakOff')}
        </Button>
      </div>
    </section>
  );
}

export function ListDone({ list: { written, before, leftOut } }: { list: PatientListWriting }) {
  const { t } = useTranslation();
  return (
    <div className="card" role="status">
      <State
        icon="check"
        tone="brand"
        title={t('people.imported', { count: written - before })}
        action={
          <Button component={Link} to="/registry" variant="filled">
            {t('people.toRegistry')}
          </Button>
        }
      >
        {before === 0 ? null : t('people.before', { count: before })}{' '}
        {leftOut === 0 ? null : t('people.leftOut', { count: leftOut })}
      </State>
    </div>
  );
}

/** @param goOn looks at the list again, when this page still has it */
export function ListBrokenOff({ list, goOn }: { list: PatientListWriting; goOn: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { written, of } = list;
  return (
    <Note tone="warn">
      <p role="status">{t('people.brokenOff', { written: formatNumber(written), of: formatNumber(of) })}</p>
      {goOn === undefined ? (
        <p className="small">{t('people.goOnWith')}</p>
      ) : (
        <Button size="sm" onClick={goOn}>
          {t('people.goOn')}
        </Button>
      )}
    </Note>
  );
}
