// The medicines of this visit: favourites in one click, any other by search, each checked while it is chosen.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { conceptWords } from '../record/fhir.ts';
import { type CheckContext, renewedOrder, type Verdict, verdictOn } from './check-medicine.ts';
import { Choices } from './choices.tsx';
import { prescriptionOf, useFavourites } from './favourites.ts';
import { MedicinePicker } from './medicine-picker.tsx';
import { PrescriptionCard } from './prescription-card.tsx';
import type { Prescription, SectionProps } from './visit-form.ts';

interface PrescriptionSectionProps extends SectionProps {
  context: CheckContext;
  verdicts: ReadonlyMap<string, Verdict>;
}

export function PrescriptionSection({ form, change, context, verdicts }: PrescriptionSectionProps) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const { favourites, has, toggle } = useFavourites();
  const { prescriptions } = form;
  const add = (prescription: Prescription) => {
    change({ prescriptions: [...prescriptions, prescription] });
    setPicking(false);
  };
  const replace = (key: string, part: Partial<Prescription>) =>
    change({ prescriptions: prescriptions.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const asksPregnancy = [...verdicts.values()].some(
    (verdict) => verdict.kind === 'checked' && verdict.notChecked.some(({ kind }) => kind === 'pregnancy-not-given'),
  );
  return (
    <div role="group" aria-labelledby="visit-prescription">
      <h3 className="label" id="visit-prescription">
        {t('visit.prescription')}
      </h3>
      <ul className="prescriptions">
        {prescriptions.map((prescription) => (
          <PrescriptionCard
            key={prescription.key}
            prescription={prescription}
            verdict={verdicts.get(prescription.key)}
            renews={renewedOrder(prescription, context) !== undefined}
            favourite={
              prescription.medicine === undefined
                ? undefined
                : has({ ...prescription, medicine: prescription.medicine })
            }
            onAnswer={(answer, answerTo) => replace(prescription.key, { answer, answerTo })}
            onRemove={() => change({ prescriptions: prescriptions.filter(({ key }) => key !== prescription.key) })}
            onFavourite={() => {
              if (prescription.medicine !== undefined) toggle({ ...prescription, medicine: prescription.medicine });
            }}
          />
        ))}
      </ul>
      {asksPregnancy || form.pregnant !== undefined ? (
        <Choices
          label={t('visit.pregnant')}
          options={[
            { value: 'yes', words: t('visit.yes') },
            { value: 'no', words: t('visit.no') },
          ]}
          value={form.pregnant === undefined ? undefined : form.pregnant ? 'yes' : 'no'}
          onChoose={(value) => change({ pregnant: value === 'yes' })}
        />
      ) : null}
      {picking ? (
        <MedicinePicker
          verdictOn={(prescription) => verdictOn(prescription, prescriptions, context)}
          onAdd={add}
          onCancel={() => setPicking(false)}
        />
      ) : (
        <>
          <div className="visit-chips" role="group" aria-label={t('visit.favourites')}>
            {favourites.map((favourite) => {
              const prescription = prescriptionOf(favourite);
              if (prescription === undefined) return null;
              const words = conceptWords(prescription.concept) ?? '';
              return (
                <button
                  key={`${words} ${favourite.pattern}`}
                  type="button"
                  className="chip"
                  onClick={() => add(prescription)}
                >
                  {words} <small>{favourite.pattern}</small>
                </button>
              );
            })}
          </div>
          <Button size="sm" variant="subtle" leftSection={<Icon name="plus" little />} onClick={() => setPicking(true)}>
            {t('visit.addMedicine')}
          </Button>
        </>
      )}
      {prescriptions.length === 0 && !picking ? null : <p className="tiny muted">{t('prescribing.check.limits')}</p>}
    </div>
  );
}
