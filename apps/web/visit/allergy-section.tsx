// A new allergy in four clicks: add, substance, reaction, how bad. It counts for the checks of this visit at once.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { type CodeableConcept, conceptWords } from '../record/fhir.ts';
import { COMMON_ALLERGENS, COMMON_REACTIONS, searchAllergens } from './allergens.ts';
import { Choices } from './choices.tsx';
import { EntryList } from './entry-list.tsx';
import { FoundList } from './found-list.tsx';
import { ALLERGY_SEVERITIES, type NewAllergy, type SectionProps } from './visit-form.ts';

const NAME_LENGTH_LIMIT = 200;

export function AllergySection({ form, change }: SectionProps) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const { allergies } = form;
  return (
    <div role="group" aria-labelledby="visit-allergies">
      <h3 className="label" id="visit-allergies">
        {t('record.allergies')}
      </h3>
      <EntryList
        entries={allergies.map(({ concept, reaction, severity }, at) => ({
          key: `${at} ${conceptWords(concept)}`,
          words: conceptWords(concept) ?? '',
          detail: [conceptWords(reaction), severity === undefined ? undefined : t(`visit.allergySeverity.${severity}`)]
            .filter(Boolean)
            .join(' · '),
          remove: () => change({ allergies: allergies.filter((_, index) => index !== at) }),
        }))}
      />
      {adding ? (
        <NewAllergyForm
          onAdd={(allergy) => {
            change({ allergies: [...allergies, allergy] });
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button size="sm" variant="subtle" leftSection={<Icon name="plus" little />} onClick={() => setAdding(true)}>
          {t('visit.addAllergy')}
        </Button>
      )}
    </div>
  );
}

const wordsOf = (concept: CodeableConcept) => conceptWords(concept) ?? '';

function NewAllergyForm({ onAdd, onCancel }: { onAdd: (allergy: NewAllergy) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [concept, setConcept] = useState<CodeableConcept>();
  const [reaction, setReaction] = useState<CodeableConcept>();
  if (concept === undefined)
    return (
      <div className="picker stack">
        <Choices
          label={t('visit.substance')}
          options={COMMON_ALLERGENS.map((one) => ({ value: wordsOf(one), words: wordsOf(one) }))}
          value={undefined}
          onChoose={(words) => setConcept(COMMON_ALLERGENS.find((one) => wordsOf(one) === words))}
        />
        <TextInput
          label={t('visit.otherSubstance')}
          maxLength={NAME_LENGTH_LIMIT}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FoundList
          typed={typed}
          found={searchAllergens(typed).map((one) => ({
            key: wordsOf(one),
            words: wordsOf(one),
            choose: () => setConcept(one),
          }))}
          onWords={(words) => setConcept({ text: words })}
        />
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('visit.cancel')}
        </Button>
      </div>
    );
  return (
    <div className="picker stack">
      <b>{wordsOf(concept)}</b>
      <Choices
        label={t('visit.reaction')}
        options={COMMON_REACTIONS.map((one) => ({ value: wordsOf(one), words: wordsOf(one) }))}
        value={reaction === undefined ? undefined : wordsOf(reaction)}
        onChoose={(words) => setReaction(COMMON_REACTIONS.find((one) => wordsOf(one) === words))}
      />
      <Choices
        label={t('visit.howBad')}
        options={[
          ...ALLERGY_SEVERITIES.map((value) => ({
            value: value as string,
            words: t(`visit.allergySeverity.${value}`),
          })),
          { value: 'unknown', words: t('visit.allergySeverity.unknown') },
        ]}
        value={undefined}
        onChoose={(chosen) =>
          onAdd({ concept, reaction, severity: ALLERGY_SEVERITIES.find((severity) => severity === chosen) })
        }
      />
      <Button size="sm" variant="subtle" onClick={onCancel}>
        {t('visit.cancel')}
      </Button>
    </div>
  );
}
