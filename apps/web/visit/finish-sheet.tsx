// The last look before sealing: everything that will be written, in plain words, and who signs it.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { conceptWords } from '../record/fhir.ts';
import { OpenKeys } from './open-keys.tsx';
import { StoredOtherwise } from './send-visit.ts';
import type { Finishing } from './use-finish-visit.ts';
import { VITALS, type VisitForm } from './visit-form.ts';
import { VITAL_TERMS } from './visit-resources.ts';

const NOTE_SHOWN_CHARACTERS = 400;

interface FinishSheetProps {
  form: VisitForm;
  name: string;
  finishing: Finishing;
  onSeal: () => void;
  onClose: () => void;
}

export function FinishSheet({ form, name, finishing, onSeal, onClose }: FinishSheetProps) {
  const { t } = useTranslation();
  const vitals = VITALS.filter((vital) => (form.vitals[vital] ?? '').trim() !== '').map(
    (vital) => `${t(`visit.vital.${vital}`)} ${form.vitals[vital]} ${VITAL_TERMS[vital].unit}`,
  );
  const rows: [string, string[]][] = [
    [t('visit.note'), form.note.trim() === '' ? [] : [shortened(form.note.trim())]],
    [
      t('visit.diagnosis'),
      form.diagnoses.map(({ concept, provisional }) =>
        [conceptWords(concept), provisional ? t('visit.suspected') : undefined].filter(Boolean).join(', '),
      ),
    ],
    [
      t('visit.prescription'),
      form.prescriptions.map(
        ({ concept, pattern, days }) =>
          `${conceptWords(concept)} · ${pattern} · ${t('visit.forDays', { count: days })}`,
      ),
    ],
    [t('record.allergies'), form.allergies.map(({ concept }) => conceptWords(concept) ?? '')],
    [t('visit.vitals'), vitals],
    [t('visit.orders'), form.orders.map((order) => conceptWords(order) ?? '')],
  ];
  return (
    <Dialog onClose={onClose} title={t('visit.finishTitle', { name })}>
      <div className="stack">
        <dl className="finish-rows">
          {rows
            .filter(([, lines]) => lines.length > 0)
            .map(([title, lines]) => (
              <div key={title}>
                <dt>{title}</dt>
                {lines.map((line) => (
                  <dd key={line}>{line}</dd>
                ))}
              </div>
            ))}
        </dl>
        <Note tone="plain">{t('visit.finishDetail')}</Note>
        {finishing.sendFault === undefined ? null : finishing.sendFault instanceof StoredOtherwise ? (
          <Note tone="bad">{t('visit.storedOtherwise')}</Note>
        ) : (
          <Failed error={finishing.sendFault} />
        )}
        <OpenKeys>
          <Button
            variant="filled"
            loading={finishing.sending}
            leftSection={<Icon name="lock" little />}
            onClick={onSeal}
          >
            {t('visit.sealAndSign')}
          </Button>
        </OpenKeys>
      </div>
    </Dialog>
  );
}

function shortened(text: string): string {
  return text.length <= NOTE_SHOWN_CHARACTERS ? text : `${text.slice(0, NOTE_SHOWN_CHARACTERS)}…`;
}
