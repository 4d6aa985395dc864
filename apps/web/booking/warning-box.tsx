// What cannot wait, before anything is booked: in plain words, with a number to call. The rules are simplified and say so.
import type { Suggestion } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';

const MOST_SIGNS = 8;

export function WarningBox({ suggestion, onSign }: { suggestion: Suggestion; onSign: (id: string) => void }) {
  const { t } = useTranslation();
  const { redFlags, askAbout, emergencyNumber } = suggestion;
  const emergency = redFlags.filter(({ advice }) => advice === 'emergency');
  const isEmergency = emergency.length > 0;
  const why = [...new Set(emergency.flatMap((flag) => flag.why))];
  if (!isEmergency && askAbout.length === 0) return redFlags.length === 0 ? null : <Today />;
  return (
    <>
      <div className="warning-box" role={isEmergency ? 'alert' : 'note'}>
        <Icon name="alert" />
        <div>
          <h3>{isEmergency ? t('booking.emergency') : t('booking.doNotWait')}</h3>
          {isEmergency ? (
            <p>{t('booking.emergencyDetail', { signs: why.map((id) => t(`symptom.${id}`)).join(', ') })}</p>
          ) : (
            <div className="signs">
              {askAbout.slice(0, MOST_SIGNS).map((id) => (
                <button key={id} type="button" onClick={() => onSign(id)}>
                  {t(`symptom.${id}`)}
                </button>
              ))}
            </div>
          )}
        </div>
        <Button
          component="a"
          href={`tel:${emergencyNumber}`}
          className="call"
          leftSection={<Icon name="phone" little />}
        >
          {t('booking.call', { number: emergencyNumber })}
        </Button>
      </div>
      {redFlags.length > emergency.length ? <Today /> : null}
    </>
  );
}

function Today() {
  const { t } = useTranslation();
  return <Note tone="warn">{t('booking.seenToday')}</Note>;
}
