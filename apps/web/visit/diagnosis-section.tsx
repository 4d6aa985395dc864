import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { type CodeableConcept, conceptWords } from '../record/fhir.ts';
import { searchDiagnoses } from './diagnoses.ts';
import { EntryList } from './entry-list.tsx';
import { FoundList } from './found-list.tsx';
import type { Diagnosis, SectionProps } from './visit-form.ts';

const NAME_LENGTH_LIMIT = 200;

function codeWords({ coding }: CodeableConcept): string | undefined {
  const icd10 = coding?.find(({ system }) => system?.includes('icd-10'))?.code;
  return icd10 === undefined ? undefined : `ICD-10 ${icd10}`;
}

/** Coded where the table has it; in words, and shown as uncoded, where not. */
export function DiagnosisSection({ form, change }: SectionProps) {
  const { t } = useTranslation();
  const [searching, setSearching] = useState(false);
  const [typed, setTyped] = useState('');
  const { diagnoses } = form;
  const add = (concept: CodeableConcept) => {
    change({ diagnoses: [...diagnoses, { concept, provisional: false }] });
    setTyped('');
    setSearching(false);
  };
  const replace = (at: number, next: Diagnosis) =>
    change({ diagnoses: diagnoses.map((one, index) => (index === at ? next : one)) });
  return (
    <div role="group" aria-labelledby="visit-diagnosis">
      <h3 className="label" id="visit-diagnosis">
        {t('visit.diagnosis')}
      </h3>
      <EntryList
        entries={diagnoses.map((diagnosis, at) => ({
          key: `${at} ${conceptWords(diagnosis.concept)}`,
          words: conceptWords(diagnosis.concept) ?? '',
          detail: (
            <>
              {codeWords(diagnosis.concept) ?? t('visit.uncoded')}
              <Checkbox
                size="xs"
                label={t('visit.suspected')}
                checked={diagnosis.provisional}
                onChange={(event) => replace(at, { ...diagnosis, provisional: event.currentTarget.checked })}
              />
            </>
          ),
          remove: () => change({ diagnoses: diagnoses.filter((_, index) => index !== at) }),
        }))}
      />
      {searching ? (
        <div className="picker stack">
          <TextInput
            label={t('visit.searchDiagnosis')}
            autoFocus
            maxLength={NAME_LENGTH_LIMIT}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <FoundList
            typed={typed}
            found={searchDiagnoses(typed).map(({ icd10, name, concept }) => ({
              key: icd10,
              words: name,
              small: icd10,
              choose: () => add(concept),
            }))}
            onWords={(words) => add({ text: words })}
          />
          <Button size="sm" variant="subtle" onClick={() => setSearching(false)}>
            {t('visit.cancel')}
          </Button>
        </div>
      ) : (
        <Button size="sm" variant="subtle" leftSection={<Icon name="plus" little />} onClick={() => setSearching(true)}>
          {t('visit.addDiagnosis')}
        </Button>
      )}
    </div>
  );
}
