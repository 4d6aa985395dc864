import type { IssuedCode } from '@clearchart/api';
import { SPECIALTIES } from '@clearchart/care';
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEmail } from '../account/registration-form.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Failed } from '../parts/states.tsx';
import { personName } from '../record/fhir.ts';
import { IssuedCodeSlip } from './issued-code-slip.tsx';
import { addPractitioner } from './patient-lists.ts';
import { invite, usePractitioners } from './use-registry.ts';

type Role = 'practitioner' | 'administrator';

/** Invites somebody to work here; a practitioner stands in the directory first, so that care teams can name them. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const practitioners = usePractitioners();
  const [role, setRole] = useState<Role>('practitioner');
  const [known, setKnown] = useState('');
  const [specialty, setSpecialty] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [shown, setShown] = useState(false);
  const asksSpecialty = role === 'practitioner' && known === '';
  const sound = name.trim() !== '' && isEmail(email) && (!asksSpecialty || specialty !== '');
  const send = useMutation({
    mutationFn: async (): Promise<IssuedCode> => {
      const common = { role, email: email.trim(), name: name.trim() };
      if (role === 'administrator') return await invite(common);
      if (known !== '') return await invite({ ...common, person: known });
      return await addPractitioner({ name: common.name, email: common.email, specialty });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['invitations'] });
      await client.invalidateQueries({ queryKey: ['practitioners'] });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (sound) send.mutate();
  }

  return (
    <Dialog onClose={onClose} title={t('registry.invite')}>
      {send.data !== undefined ? (
        <IssuedCodeSlip issued={send.data} name={name} />
      ) : (
        <form className="stack" noValidate onSubmit={submit}>
          <SegmentedControl
            aria-label={t('registry.role')}
            value={role}
            onChange={(value) => setRole(value === 'administrator' ? 'administrator' : 'practitioner')}
            data={(['practitioner', 'administrator'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
          />
          {role === 'administrator' ? null : (
            <NativeSelect
              label={t('registry.directory')}
              value={known}
              onChange={(event) => {
                const reference = event.currentTarget.value;
                setKnown(reference);
                const found = practitioners.data?.find((one) => `Practitioner/${one.id}` === reference);
                if (found !== undefined) setName(personName(found.name));
              }}
              data={[
                { value: '', label: t('registry.notInDirectory') },
                ...(practitioners.data ?? []).map((one) => ({
                  value: `Practitioner/${one.id}`,
                  label: personName(one.name) || one.id,
                })),
              ]}
            />
          )}
          <TextInput
            label={t('registry.column.name')}
            name="name"
            autoComplete="off"
            value={name}
            error={shown && name.trim() === '' ? t('account.fieldFault.missing') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('account.email')}
            name="email"
            type="email"
            autoComplete="off"
            value={email}
            error={shown && !isEmail(email) ? t('account.fieldFault.email-shape') : undefined}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {asksSpecialty ? (
            <NativeSelect
              label={t('people.specialty')}
              name="specialty"
              value={specialty}
              error={shown && specialty === '' ? t('people.specialtyMissing') : undefined}
              onChange={(event) => setSpecialty(event.currentTarget.value)}
              data={[
                { value: '', label: t('account.choose') },
                ...SPECIALTIES.map(({ id }) => ({ value: id, label: t(`practice.${id}`) })),
              ]}
            />
          ) : null}
          {send.isError ? <Failed error={send.error} /> : null}
          <Button type="submit" variant="filled" loading={send.isPending}>
            {t('registry.makeInvitation')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
