// A new medicine: search, strength, when in the day, how long. The check answers as soon as the medicine is known.
import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormularyMedicine, medicineConcept, searchMedicines } from '@clearchart/care';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeableConcept } from '../record/fhir.ts';
import type { Verdict } from './check-medicine.ts';
import { Choices } from './choices.tsx';
import { FoundList } from './found-list.tsx';
import { VerdictNotes } from './verdict-notes.tsx';
import type { Prescription } from './visit-form.ts';

const FOUND_SHOWN = 8;
const DAYS = [3, 5, 7, 14, 30, 90];
const MOST_DAYS = 365;
const PATTERN = /^(?:[0-9]-[0-9]-[0-9]|sos|once|weekly)$/;
const OTHER_PATTERNS = ['1-0-0', '1-0-1', '1-1-1', '0-0-1', 'sos'];
const NAME_LENGTH_LIMIT = 200;

interface MedicinePickerProps {
  verdictOn: (prescription: Prescription) => Verdict;
  onAdd: (prescription: Prescription) => void;
  onCancel: () => void;
}

export function MedicinePicker({ verdictOn, onAdd, onCancel }: MedicinePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Prescription>();
  const found = searched(typed);
  const choose = (medicine: FormularyMedicine | undefined) => setChosen(drafted(medicine, typed));
  if (chosen === undefined)
    return (
      <div className="picker stack">
        <TextInput
          label={t('visit.searchMedicine')}
          autoFocus
          maxLength={NAME_LENGTH_LIMIT}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {found === undefined ? <p className="small colour-bad">{t('prescribing.check.fault')}</p> : null}
        <FoundList
          typed={typed}
          found={(found ?? []).slice(0, FOUND_SHOWN).map((medicine) => ({
            key: medicine.id,
            words: medicine.name,
            small: t(`visit.form.${medicine.form}`),
            choose: () => choose(medicine),
          }))}
          onWords={() => choose(undefined)}
        />
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('visit.cancel')}
        </Button>
      </div>
    );
  return <Details key={chosen.medicine} first={chosen} verdictOn={verdictOn} onAdd={onAdd} onCancel={onCancel} />;
}

/** Undefined when a table is broken. */
function searched(typed: string): readonly FormularyMedicine[] | undefined {
  try {
    return searchMedicines(typed);
  } catch {
    return undefined;
  }
}

function drafted(medicine: FormularyMedicine | undefined, typed: string): Prescription {
  const strength = medicine?.strengths[0] ?? '';
  return {
    key: crypto.randomUUID(),
    concept: conceptOf(medicine, strength, typed),
    medicine: medicine?.id,
    strength,
    form: medicine?.form ?? '',
    route: medicine?.route ?? '',
    pattern: medicine?.patterns[0] ?? '1-0-1',
    days: 5,
    answer: '',
  };
}

function conceptOf(medicine: FormularyMedicine | undefined, strength: string, typed: string): CodeableConcept {
  return medicine === undefined ? { text: typed.trim() } : (medicineConcept(medicine, strength) as CodeableConcept);
}

function Details({ first, verdictOn, onAdd, onCancel }: MedicinePickerProps & { first: Prescription }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(first);
  const [medicine] = useState(() => searchable(first));
  const change = (part: Partial<Prescription>) => setDraft((now) => ({ ...now, ...part }));
  const patterns = [...new Set([...(medicine?.patterns ?? []), ...OTHER_PATTERNS])].slice(0, 6);
  const soundPattern = PATTERN.test(draft.pattern) && draft.pattern !== '0-0-0';
  return (
    <div className="picker stack">
      <b>{draft.concept.text}</b>
      <VerdictNotes verdict={verdictOn(draft)} />
      {medicine === undefined ? null : (
        <Choices
          label={t('visit.strength')}
          options={medicine.strengths.map((strength) => ({ value: strength, words: strength }))}
          value={draft.strength}
          onChoose={(strength) => change({ strength, concept: conceptOf(medicine, strength, '') })}
        />
      )}
      <Choices
        label={t('visit.pattern')}
        options={patterns.map((pattern) => ({
          value: pattern,
          words: /^\d/.test(pattern) ? pattern : t(`visit.patternName.${pattern}`),
        }))}
        value={draft.pattern}
        onChoose={(pattern) => change({ pattern })}
      />
      <TextInput
        label={t('visit.otherPattern')}
        value={draft.pattern}
        error={soundPattern ? undefined : t('visit.patternFault')}
        onChange={(event) => change({ pattern: event.currentTarget.value.trim() })}
      />
      <Choices
        label={t('visit.days')}
        options={DAYS.map((days) => ({ value: String(days), words: String(days) }))}
        value={String(draft.days)}
        onChoose={(days) => change({ days: Number(days) })}
      />
      <NumberInput
        label={t('visit.otherDays')}
        min={1}
        max={MOST_DAYS}
        allowDecimal={false}
        hideControls
        value={draft.days}
        onChange={(days) => change({ days: Number(days) || 0 })}
      />
      <div className="actions">
        <Button
          variant="filled"
          disabled={!soundPattern || draft.days < 1 || draft.days > MOST_DAYS}
          onClick={() => onAdd(draft)}
        >
          {t('visit.addIt')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t('visit.cancel')}
        </Button>
      </div>
    </div>
  );
}

function searchable({ medicine, concept }: Prescription): FormularyMedicine | undefined {
  return searched(concept.coding?.[0]?.display ?? '')?.find(({ id }) => id === medicine);
}
