import { TOLD_WORDS_AT_MOST } from '@clearchart/exchange';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import '../profile/profile.css';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { ProfileFields } from '../profile/profile-fields.tsx';
import { faultOf, formOf, PROFILE_FIELDS, type ProfileForm } from '../profile/profile-form.ts';
import { TOLD_AT_ONCE } from '../profile/told-problems.ts';
import type { Patient } from '../record/fhir.ts';
import { usePatient } from '../record/use-record.ts';
import { custodyEntries } from './custody-entries.ts';
import { writeInCustody } from './use-registry.ts';

/** What the patient says at the desk: the own details, and problems in the own words. */
export function CustodyEntriesForm({ patientId, name }: { patientId: string; name: string }) {
  const { data, error, refetch } = usePatient(patientId);
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading lines={4} />;
  return <Entries key={data.meta?.versionId ?? ''} patient={data} name={name} />;
}

function Entries({ patient, name }: { patient: Patient; name: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState<ProfileForm>(() => formOf(patient));
  const [told, setTold] = useState<readonly string[]>(() => Array.from({ length: TOLD_AT_ONCE }, () => ''));
  const [showFaults, setShowFaults] = useState(false);
  const entries = custodyEntries(patient, form, told);
  const faulty = PROFILE_FIELDS.some((field) => faultOf(field, form[field]) !== undefined);
  const write = useMutation({ mutationFn: writeInCustody });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShowFaults(true);
    if (!faulty && entries !== undefined) write.mutate({ patientId: patient.id, entries });
  }

  const reload = async () => {
    write.reset();
    await client.invalidateQueries({ queryKey: ['record', patient.id] });
    await client.invalidateQueries({ queryKey: ['registry'] });
  };
  if (write.isSuccess) {
    return (
      <div className="stack" role="status">
        <Note tone="plain">{t('custody.written', { name })}</Note>
        <div>
          <Button size="sm" onClick={() => void reload()}>
            {t('custody.more')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className="stack profile" noValidate onSubmit={submit}>
      <ProfileFields form={form} showFaults={showFaults} onChange={setForm} />
      <fieldset className="field-group">
        <legend>{t('custody.told')}</legend>
        {told.map((text, at) => (
          <TextInput
            // A field is its place in the form: the words in it change.
            key={String(at)}
            className="whole"
            label={t('told.field', { number: at + 1 })}
            maxLength={TOLD_WORDS_AT_MOST}
            autoComplete="off"
            value={text}
            onChange={(event) => setTold(told.with(at, event.currentTarget.value))}
          />
        ))}
      </fieldset>
      <Note tone="plain">{t('custody.signedFor', { name })}</Note>
      {write.isError ? <Failed error={write.error} retry={() => void reload()} /> : null}
      <div>
        <Button type="submit" variant="filled" disabled={entries === undefined} loading={write.isPending}>
          {t('custody.seal')}
        </Button>
      </div>
    </form>
  );
}
