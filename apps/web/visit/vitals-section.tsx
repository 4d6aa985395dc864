// Vital signs as they are measured; where a value lies is said by the usual ranges of @clearchart/care.
import { TextInput } from '@mantine/core';
import { type Zone, zoneOf } from '@clearchart/care';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../record/fhir.ts';
import { type SectionProps, type Vital, VITALS, vitalValue } from './visit-form.ts';
import { VITAL_TERMS } from './visit-resources.ts';

interface VitalsSectionProps extends SectionProps {
  patient: Patient;
  /** Years. */
  age: number | undefined;
}

export function VitalsSection({ form, change, patient, age }: VitalsSectionProps) {
  const { t } = useTranslation();
  const sex = patient.gender === 'female' || patient.gender === 'male' ? patient.gender : undefined;
  const zone = (vital: Vital): Zone | undefined => {
    const value = vitalValue(vital, form.vitals[vital]);
    if (value === undefined || Number.isNaN(value)) return undefined;
    const { loinc, ucum } = VITAL_TERMS[vital];
    return zoneOf({ loinc, value, unit: ucum }, { age, sex: sex ?? 'unknown', pregnant: form.pregnant });
  };
  return (
    <div role="group" aria-labelledby="visit-vitals">
      <h3 className="label" id="visit-vitals">
        {t('visit.vitals')}
      </h3>
      <div className="vital-fields">
        {VITALS.map((vital) => {
          const value = vitalValue(vital, form.vitals[vital]);
          const found = zone(vital);
          return (
            <TextInput
              key={vital}
              label={`${t(`visit.vital.${vital}`)} (${VITAL_TERMS[vital].unit})`}
              inputMode="decimal"
              maxLength={6}
              value={form.vitals[vital] ?? ''}
              error={Number.isNaN(value) ? t('visit.vitalFault') : undefined}
              description={found === undefined || found === 'ok' ? undefined : t(`visit.zone.${found}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              onChange={(event) => change({ vitals: { ...form.vitals, [vital]: event.currentTarget.value } })}
            />
          );
        })}
      </div>
    </div>
  );
}
