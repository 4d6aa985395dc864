// The medicines of this visit: favourites in one click, any other by search, each checked while it is chosen.
import { favouriteName } from '@clearchart/care';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../connection/fault-words.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { conceptWords } from '../record/fhir.ts';
import { type CheckContext, renewedOrder, type Verdict, verdictOn } from './check-medicine.ts';
import { Choices } from './choices.tsx';
import { FavouriteOrder } from './favourite-order.tsx';
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
  const [arranging, setArranging] = useState(false);
  const [full, setFull] = useState(false);
  const own = useFavourites();
  const { favourites, has } = own;
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
              prescription.medicine === undefined || !own.ready
                ? undefined
                : has({ ...prescription, medicine: prescription.medicine })
            }
            onAnswer={(answer, answerTo) => replace(prescription.key, { answer, answerTo })}
            onRemove={() => change({ prescriptions: prescriptions.filter(({ key }) => key !== prescription.key) })}
            onFavourite={() => {
              const { medicine, strength, pattern, days } = prescription;
              if (medicine === undefined) return;
              const favourite = { medicine, strength, pattern, days };
              const isFull = !has(favourite) && own.full;
              setFull(isFull);
              if (has(favourite)) own.remove(favourite);
              else if (!isFull) own.add(favourite);
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
      {own.fault === null ? null : <FavouriteFault fault={own.fault} />}
      {full && own.full ? <Note tone="warn">{t('visit.favouritesFull')}</Note> : null}
      {arranging && own.ready ? (
        <FavouriteOrder own={own} onDone={() => setArranging(false)} />
      ) : picking ? (
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
                <button key={favouriteName(favourite)} type="button" className="chip" onClick={() => add(prescription)}>
                  {words} <small>{favourite.pattern}</small>
                </button>
              );
            })}
          </div>
          <Button size="sm" variant="subtle" leftSection={<Icon name="plus" little />} onClick={() => setPicking(true)}>
            {t('visit.addMedicine')}
          </Button>
          {own.ready ? (
            <Button
              size="sm"
              variant="subtle"
              leftSection={<Icon name="star" little />}
              onClick={() => setArranging(true)}
            >
              {t('visit.arrangeFavourites')}
            </Button>
          ) : null}
        </>
      )}
      {prescriptions.length === 0 && !picking ? null : <p className="tiny muted">{t('prescribing.check.limits')}</p>}
    </div>
  );
}

/** Prescribing goes on without them. */
function FavouriteFault({ fault }: { fault: unknown }) {
  const { t } = useTranslation();
  const { title, detail } = faultWords(fault, t);
  return (
    <Note tone="bad">
      {t('visit.favouritesFault')} {title}. {detail}
    </Note>
  );
}
