import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import '../account/account.css';
import type { Alike, IssuedCode } from '@clearchart/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createFhir } from '../connection/fhir.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Failed } from '../parts/states.tsx';
import type { Patient } from '../record/fhir.ts';
import {
  EMPTY_REGISTRATION,
  type Registration,
  type RegistrationField,
  registrationFault,
} from '../account/registration-form.ts';
import { AlikeNote } from './alike-note.tsx';
import { IssuedCodeSlip } from './issued-code-slip.tsx';
import { isAbsent, patientOf } from './new-patient.ts';
import { findAlike } from './patient-lists.ts';
import { issueClaimCode } from './use-registry.ts';

const FIELDS: readonly { field: RegistrationField; type?: string; half: boolean }[] = [
  { field: 'given', half: true },
  { field: 'family', half: true },
  { field: 'birthDate', type: 'date', half: true },
  { field: 'gender', half: true },
  { field: 'mobile', type: 'tel', half: true },
  { field: 'email', type: 'email', half: true },
  { field: 'line', half: true },
  { field: 'city', half: true },
];

export function NewPatientDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState<Registration>(EMPTY_REGISTRATION);
  const [shown, setShown] = useState(false);
  const [alike, setAlike] = useState<readonly Alike[]>([]);
  const [claimAtOnce, setClaimAtOnce] = useState(false);
  const today = new Date().toISOString().slice(0, 10);
  const faultOf = (field: RegistrationField) =>
    isAbsent(field, form) ? undefined : registrationFault(field, form[field], today);
  const create = useMutation({
    mutationFn: async (anyway: boolean) => {
      const { given, family, birthDate, email, mobile } = form;
      const found = anyway ? [] : await findAlike({ given, family, birthDate, email, phone: mobile });
      setAlike(found);
      if (found.length > 0) return undefined;
      const { resource } = await createFhir<Patient>(patientOf(form));
      return { issued: claimAtOnce ? await issueClaimCode(resource.id) : undefined };
    },
    onSuccess: async (written: { issued: IssuedCode | undefined } | undefined) => {
      if (written === undefined) return;
      await client.invalidateQueries({ queryKey: ['registry'] });
      if (written.issued === undefined) onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (FIELDS.every(({ field }) => faultOf(field) === undefined)) create.mutate(alike.length > 0);
  }

  return (
    <Dialog onClose={onClose} title={t('registry.newPatient')} size="lg">
      {create.data?.issued !== undefined ? (
        <IssuedCodeSlip issued={create.data.issued} name={`${form.given} ${form.family}`} />
      ) : (
        <form className="stack" noValidate onSubmit={submit}>
          <div className="pair-of-fields">
            {FIELDS.map(({ field, type }) => {
              const fault = shown ? faultOf(field) : undefined;
              const common = {
                name: field,
                label: t(`account.field.${field}`),
                value: form[field],
                error: fault === undefined ? undefined : t(`account.fieldFault.${fault}`),
                onChange: (event: { currentTarget: { value: string } }) => {
                  setAlike([]);
                  setForm({ ...form, [field]: event.currentTarget.value });
                },
              };
              return field === 'gender' ? (
                <NativeSelect
                  key={field}
                  {...common}
                  data={['', 'female', 'male', 'other', 'unknown'].map((value) => ({
                    value,
                    label: value === '' ? t('account.choose') : t(`gender.${value}`),
                  }))}
                />
              ) : (
                <TextInput key={field} {...common} type={type ?? 'text'} autoComplete="off" />
              );
            })}
          </div>
          <Checkbox
            checked={claimAtOnce}
            onChange={(event) => setClaimAtOnce(event.currentTarget.checked)}
            label={t('people.claimAtOnce')}
          />
          {alike.length === 0 ? null : <AlikeNote alike={alike} />}
          {create.isError ? <Failed error={create.error} /> : null}
          <div className="actions">
            <Button type="submit" variant="filled" loading={create.isPending}>
              {alike.length > 0 ? t('registry.createAnyway') : t('registry.create')}
            </Button>
            <Button onClick={onClose}>{t('account.close')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
