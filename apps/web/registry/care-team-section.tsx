import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createFhir } from '../connection/fhir.ts';
import '../account/account.css';
import { formatDate } from '../language/format.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { personName } from '../record/fhir.ts';
import { type CareTeam, useCareTeams, usePractitioners } from './use-registry.ts';

/** Who takes care of the patient: naming a practitioner here is what opens the record to them. */
export function CareTeamSection({ patient, name }: { patient: string; name: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const teams = useCareTeams(patient);
  const practitioners = usePractitioners();
  const [chosen, setChosen] = useState('');
  const [until, setUntil] = useState('');
  const today = new Date().toISOString().slice(0, 10);
  const nameOf = (reference: string | undefined) =>
    personName(practitioners.data?.find((one) => `Practitioner/${one.id}` === reference)?.name) || (reference ?? '');
  const add = useMutation({
    mutationFn: () =>
      createFhir<CareTeam>({
        resourceType: 'CareTeam',
        status: 'active',
        subject: { reference: `Patient/${patient}` },
        period: { start: today, ...(until === '' ? {} : { end: until }) },
        participant: [{ member: { reference: chosen, display: nameOf(chosen) } }],
      }),
    onSuccess: async () => {
      setChosen('');
      setUntil('');
      await client.invalidateQueries({ queryKey: ['care-teams', patient] });
    },
  });
  return (
    <section className="dialog-part stack" aria-label={t('registry.team')}>
      <h3>{t('registry.team')}</h3>
      <p className="small muted">{t('registry.teamDetail', { name })}</p>
      {teams.data === undefined ? (
        <Loading lines={1} />
      ) : (
        <ul className="rows">
          {teams.data.map((team) => (
            <li key={team.id} className="row">
              <span className="grow">
                {(team.participant ?? []).map((one) => one.member?.display ?? nameOf(one.member?.reference)).join(', ')}
              </span>
              <span className="small muted">
                {team.period?.end === undefined
                  ? t('registry.teamOpen')
                  : t('record.until', { when: formatDate(team.period.end) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <form
        className="pair-of-fields team-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== '') add.mutate();
        }}
      >
        <NativeSelect
          label={t('registry.practitioner')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: '', label: t('account.choose') },
            ...(practitioners.data ?? []).map((one) => ({
              value: `Practitioner/${one.id}`,
              label: personName(one.name) || one.id,
            })),
          ]}
        />
        <TextInput
          type="date"
          label={t('registry.teamUntil')}
          min={today}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <div className="actions">
          <Button type="submit" loading={add.isPending} disabled={chosen === ''}>
            {t('registry.teamAdd')}
          </Button>
        </div>
      </form>
      {add.isError ? <Failed error={add.error} /> : null}
    </section>
  );
}
