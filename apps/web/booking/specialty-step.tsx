import type { Suggestion } from '@clearchart/api';
import { SPECIALTIES } from '@clearchart/care';
import { Chip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Who can help: what is suggested first and why, then everybody else. */
export function SpecialtyStep({
  suggestion,
  onChoose,
}: {
  suggestion: Suggestion;
  onChoose: (specialty: string) => void;
}) {
  const { t } = useTranslation();
  const [first] = suggestion.specialties;
  const suggested = suggestion.specialties.map(({ specialty }) => specialty);
  const others = SPECIALTIES.map(({ id }): string => id).filter((id) => !suggested.includes(id));
  const reasons = (first?.because ?? []).map((reason) =>
    t(reason === 'child' || reason === 'first-contact' ? `booking.because.${reason}` : `symptom.${reason}`),
  );
  return (
    <section className="booking-step" aria-labelledby="who-can-help">
      <span className="number" aria-hidden="true">
        2
      </span>
      <h2 id="who-can-help">{t('booking.who')}</h2>
      <div className="stack" style={{ ['--gap' as string]: '12px' }}>
        <p className="small muted">
          {first === undefined
            ? ''
            : t('booking.suggested', {
                specialty: t(`specialty.${first.specialty}`),
                reasons: reasons.join(', '),
              })}{' '}
          {t('booking.notDiagnosis')}
        </p>
        <Chip.Group value={suggestion.chosen} onChange={onChoose}>
          <div className="chips" role="group" aria-label={t('booking.who')}>
            {[...suggested, ...others].map((id) => (
              <Chip key={id} value={id} size={suggested.includes(id) ? 'md' : 'sm'}>
                {t(`specialty.${id}`)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </div>
    </section>
  );
}
