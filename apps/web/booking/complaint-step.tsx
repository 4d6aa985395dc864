// How it feels: the common symptoms at once, all others by body area, own words, since when.
import { BODY_AREAS, symptomsOf } from '@clearchart/care';
import { Chip, SegmentedControl, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Complaint } from './use-booking.ts';

const COMMON = [
  'chest-tightness',
  'breathlessness',
  'palpitations',
  'cough',
  'fever',
  'headache',
  'abdominal-pain',
  'dizziness',
  'back-pain',
  'rash',
];
const SINCE = ['today', 'days', 'weeks', 'longer'];
const LONGEST_TEXT = 2_000;

interface Props {
  complaint: Complaint;
  onChange: (complaint: Complaint) => void;
  children: ReactNode;
}

export function ComplaintStep({ complaint, onChange, children }: Props) {
  const { t } = useTranslation();
  const chosenElsewhere = complaint.symptoms.filter((id) => !COMMON.includes(id));
  const setSymptoms = (symptoms: readonly string[]) => onChange({ ...complaint, symptoms });
  return (
    <section className="booking-step" aria-labelledby="how-it-feels">
      <span className="number" aria-hidden="true">
        1
      </span>
      <h2 id="how-it-feels">{t('booking.feels')}</h2>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        <Chip.Group multiple value={[...complaint.symptoms]} onChange={setSymptoms}>
          <div className="chips" role="group" aria-label={t('booking.symptoms')}>
            {[...COMMON, ...chosenElsewhere].map((id) => (
              <Chip key={id} value={id}>
                {t(`symptom.${id}`)}
              </Chip>
            ))}
          </div>
          <details className="more-symptoms">
            <summary>{t('booking.somethingElse')}</summary>
            {BODY_AREAS.map((area) => (
              <div key={area} role="group" aria-label={t(`bodyArea.${area}`)}>
                <h3>{t(`bodyArea.${area}`)}</h3>
                <div className="chips">
                  {symptomsOf(area)
                    .filter(({ id }) => !COMMON.includes(id))
                    .map(({ id }) => (
                      <Chip key={id} value={id} size="sm">
                        {t(`symptom.${id}`)}
                      </Chip>
                    ))}
                </div>
              </div>
            ))}
          </details>
        </Chip.Group>
        <Textarea
          label={t('booking.words')}
          description={t('booking.wordsDetail')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          minRows={3}
          autosize
          maxRows={8}
          maxLength={LONGEST_TEXT}
          value={complaint.text}
          onChange={(event) => onChange({ ...complaint, text: event.currentTarget.value })}
        />
        <div role="group" aria-labelledby="since-when">
          <h3 id="since-when" className="field-name">
            {t('booking.since')}
          </h3>
          <SegmentedControl
            aria-labelledby="since-when"
            value={complaint.since ?? ''}
            onChange={(since) => onChange({ ...complaint, since })}
            data={SINCE.map((value) => ({ value, label: t(`booking.sinceWhen.${value}`) }))}
          />
        </div>
        {children}
      </div>
    </section>
  );
}
