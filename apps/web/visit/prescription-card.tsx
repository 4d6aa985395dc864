// One medicine as it will be ordered, what the check says, and, where it says stop, the reason to go on.
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { conceptWords } from '../record/fhir.ts';
import { needsAnswer, stopsOf, type Verdict } from './check-medicine.ts';
import { VerdictNotes } from './verdict-notes.tsx';
import type { Prescription } from './visit-form.ts';

const REASON_LENGTH_LIMIT = 1_000;

interface PrescriptionCardProps {
  prescription: Prescription;
  verdict: Verdict | undefined;
  renews: boolean;
  favourite: boolean | undefined;
  onAnswer: (answer: string, answerTo: string) => void;
  onRemove: () => void;
  onFavourite: () => void;
}

export function PrescriptionCard(props: PrescriptionCardProps) {
  const { t } = useTranslation();
  const { prescription, verdict, renews, favourite, onAnswer, onRemove, onFavourite } = props;
  const [answering, setAnswering] = useState(prescription.answer !== '');
  const outdated = verdict !== undefined && prescription.answer !== '' && prescription.answerTo !== stopsOf(verdict);
  const words = conceptWords(prescription.concept) ?? '';
  const stops = verdict !== undefined && needsAnswer(verdict);
  return (
    <li className={stops ? 'prescription stops' : 'prescription'}>
      <div className="row top">
        <div className="grow">
          <b>{words}</b>
          <p className="tiny muted">
            {prescription.pattern} · {t('visit.forDays', { count: prescription.days })}
            {renews ? ` · ${t('visit.renews')}` : ''}
          </p>
        </div>
        {favourite === undefined ? null : (
          <ActionIcon
            className="favourite"
            variant="subtle"
            size={44}
            aria-pressed={favourite}
            aria-label={t('visit.favourite', { medicine: words })}
            onClick={onFavourite}
          >
            <Icon name="star" little />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" size={44} aria-label={t('visit.remove', { what: words })} onClick={onRemove}>
          <Icon name="close" little />
        </ActionIcon>
      </div>
      {verdict === undefined ? null : <VerdictNotes verdict={verdict} />}
      {!stops ? null : answering ? (
        <Textarea
          label={t('visit.reason')}
          error={outdated ? t('visit.reasonOutdated') : undefined}
          description={t('visit.reasonDetail')}
          autosize
          minRows={2}
          maxLength={REASON_LENGTH_LIMIT}
          autoFocus={prescription.answer === ''}
          value={prescription.answer}
          onChange={(event) => onAnswer(event.currentTarget.value, stopsOf(verdict))}
        />
      ) : (
        <div className="actions">
          <Button size="sm" onClick={onRemove}>
            {t('visit.doNotGive')}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => setAnswering(true)}>
            {t('visit.keepWithReason')}
          </Button>
        </div>
      )}
    </li>
  );
}
