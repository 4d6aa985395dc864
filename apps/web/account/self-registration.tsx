import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registerPatient } from '../session/index.ts';
import { useLedgerStatus } from '../connection/ledger.ts';
import { useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { accountFaultWords } from './account-fault-words.ts';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { RecoveryCard } from './recovery-card.tsx';
import {
  EMPTY_REGISTRATION,
  profileOf,
  REGISTRATION_STEPS,
  type Registration,
  type RegistrationField,
  registrationFault,
} from './registration-form.ts';
import { Stepper } from './stepper.tsx';

const STEP_NAMES = ['who', 'reach', 'password', 'words'] as const;
const GENDERS = ['', 'female', 'male', 'other', 'unknown'] as const;
const TYPES: Partial<Record<RegistrationField, { type?: string; autoComplete: string }>> = {
  given: { autoComplete: 'given-name' },
  family: { autoComplete: 'family-name' },
  birthDate: { type: 'date', autoComplete: 'bday' },
  email: { type: 'email', autoComplete: 'email' },
  mobile: { type: 'tel', autoComplete: 'tel' },
  line: { autoComplete: 'street-address' },
  city: { autoComplete: 'address-level2' },
};

export function SelfRegistration() {
  const { t } = useTranslation();
  const { refresh } = useSession();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [form, setForm] = useState<Registration>(EMPTY_REGISTRATION);
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const register = useMutation({
    mutationFn: () => registerPatient(profileOf(form), password),
    onSuccess: () => setStep(3),
  });
  const hospital = useLedgerStatus().data?.members[0]?.name;
  const today = new Date().toISOString().slice(0, 10);
  const fields = REGISTRATION_STEPS[step] ?? [];
  const faults = fields.filter((field) => registrationFault(field, form[field], today) !== undefined);
  const weak = ['short', 'weak'].includes(passwordStrength(password));

  function next(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (faults.length > 0 || (step === 2 && weak)) return;
    setShown(false);
    if (step === 2) register.mutate();
    else setStep(step + 1);
  }

  if (register.data !== undefined) {
    return (
      <>
        <Stepper names={STEP_NAMES} current={3} />
        <RecoveryCard
          words={register.data.recoveryWords}
          next={t('account.done')}
          onDone={() => void refresh().then(() => navigate({ to: '/me' }))}
        />
      </>
    );
  }
  return (
    <>
      <Stepper names={STEP_NAMES} current={step} />
      <form className="card stack" noValidate onSubmit={next}>
        {register.isError ? <Note tone="bad">{accountFaultWords(register.error, t)}</Note> : null}
        {step !== 0 ? null : (
          <>
            {hospital === undefined ? null : (
              <p>
                <span className="small muted">{t('account.hospital')}</span>
                <br />
                <b>{hospital}</b>
              </p>
            )}
            <Note tone="plain">{t('account.beenHere')}</Note>
          </>
        )}
        {fields.map((field) => (
          <Field key={field} field={field} form={form} today={today} showFault={shown} onChange={setForm} />
        ))}
        {step === 2 ? (
          <NewPassword
            value={password}
            onChange={setPassword}
            error={shown && weak ? t('account.strength.tooWeak') : undefined}
          />
        ) : null}
        <div className="actions">
          <Button type="submit" variant="filled" loading={register.isPending}>
            {step === 2 ? t('account.create') : t('account.next')}
          </Button>
          {step === 0 ? null : (
            <Button disabled={register.isPending} onClick={() => setStep(step - 1)}>
              {t('account.back')}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

interface FieldProps {
  field: RegistrationField;
  form: Registration;
  today: string;
  showFault: boolean;
  onChange: (form: Registration) => void;
}

function Field({ field, form, today, showFault, onChange }: FieldProps) {
  const { t } = useTranslation();
  const fault = showFault ? registrationFault(field, form[field], today) : undefined;
  const common = {
    name: field,
    label: t(`account.field.${field}`),
    value: form[field],
    error: fault === undefined ? undefined : t(`account.fieldFault.${fault}`),
  };
  const set = (value: string) => onChange({ ...form, [field]: value });
  if (field === 'gender') {
    return (
      <NativeSelect
        {...common}
        data={GENDERS.map((value) => ({ value, label: value === '' ? t('account.choose') : t(`gender.${value}`) }))}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      {...TYPES[field]}
      {...(field === 'birthDate' ? { max: today, min: '1900-01-01' } : {})}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
