import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoPerson } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/states.tsx';
import { goToStep } from './tour-state.ts';
import { TOUR } from './tour-steps.ts';
import './tour.css';

interface Props {
  step: number;
  people: readonly DemoPerson[];
}

/** What to look at now, as whom; "Next" becomes the next person and goes to their page. */
export function TourCard({ step, people }: Props) {
  const { t } = useTranslation();
  const { session, signIn } = useSession();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const go = useMutation({
    mutationFn: async (next: number) => {
      const wanted = TOUR[next];
      const person = people.find(({ role }) => role === wanted?.role);
      if (wanted === undefined || person === undefined) return goToStep(undefined);
      if (session?.email !== person.email) await signIn(person.email, person.password);
      await navigate({ to: wanted.to });
      goToStep(next);
    },
  });
  const { mutate } = go;
  const first = useRef(step === 0);
  useEffect(() => {
    // The first step is gone to like every other, once.
    if (first.current) mutate(0);
    first.current = false;
  }, [mutate]);
  useEffect(() => {
    if (go.isSuccess) heading.current?.focus();
  }, [step, go.isSuccess]);
  const current = TOUR[step];
  if (current === undefined) return null;
  const name = people.find(({ role }) => role === current.role)?.name ?? '';
  return (
    <aside className="tour no-print" aria-label={t('tour.title')}>
      <div className="row">
        <p className="tiny muted grow">{t('tour.step', { step: step + 1, steps: TOUR.length, name })}</p>
        <button type="button" className="tool" aria-label={t('tour.end')} onClick={() => goToStep(undefined)}>
          <Icon name="close" little />
        </button>
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {t(`tour.${current.name}.title`)}
      </h2>
      <p className="small">{t(`tour.${current.name}.detail`)}</p>
      {go.isError ? <Failed error={go.error} /> : null}
      <div className="actions">
        {step === 0 ? null : (
          <Button size="sm" disabled={go.isPending} onClick={() => mutate(step - 1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button
          size="sm"
          variant="filled"
          loading={go.isPending}
          onClick={() => (step + 1 < TOUR.length ? mutate(step + 1) : goToStep(undefined))}
        >
          {t(step + 1 < TOUR.length ? 'tour.next' : 'tour.done')}
        </Button>
      </div>
    </aside>
  );
}
