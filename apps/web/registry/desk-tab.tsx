import type { AccountLine } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { latinDigits } from '../language/digits.ts';
import { formatDate, formatMoment } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { AlikeNote } from './alike-note.tsx';
import { findAlike } from './patient-lists.ts';
import { useAccounts, verifyAccount } from './use-registry.ts';

/** As core/api/account-values.ts takes it. */
const DESK_NUMBER_DIGITS = 6;

/** People who registered themselves and stand at the desk with their papers. */
export function DeskTab() {
  const { t } = useTranslation();
  const { data, error, refetch } = useAccounts('unverified', 1);
  return (
    <section className="card flush" aria-label={t('registry.tab.desk')}>
      {error !== null ? (
        <div className="card-inside">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <div className="card-inside">
          <Loading />
        </div>
      ) : data.accounts.length === 0 ? (
        <div className="card-inside">
          <State icon="people" tone="brand" title={t('registry.deskEmpty')}>
            {t('registry.deskEmptyDetail')}
          </State>
        </div>
      ) : (
        <ul className="rows">
          {data.accounts.map((account) => (
            <Waiting key={account.id} account={account} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Waiting({ account }: { account: AccountLine }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [patientId, setPatientId] = useState('');
  const [typedNumber, setTypedNumber] = useState('');
  const deskNumber = latinDigits(typedNumber).replaceAll(/\D/g, '');
  const { profile } = account;
  const alike =
    useQuery({
      queryKey: ['alike', account.id],
      enabled: profile !== undefined,
      queryFn: () =>
        findAlike({
          given: profile?.name.given ?? '',
          family: profile?.name.family ?? '',
          birthDate: profile?.birthDate,
          email: profile?.email,
          phone: profile?.mobile,
        }),
    }).data ?? [];
  const verify = useMutation({
    mutationFn: () =>
      verifyAccount(account.id, { deskNumber, ...(patientId.trim() === '' ? {} : { patientId: patientId.trim() }) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
  });
  return (
    <li className="waiting-person">
      <Avatar name={account.name} large />
      <div className="stack" style={{ ['--gap' as string]: '8px' }}>
        <div>
          <h3>{account.name}</h3>
          <p className="small muted">
            {[
              profile === undefined ? undefined : formatDate(profile.birthDate),
              profile === undefined ? undefined : t(`gender.${profile.gender}`),
              account.email,
              profile?.mobile,
              profile === undefined ? undefined : `${profile.address.line}, ${profile.address.city}`,
            ]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </p>
          <p className="tiny muted">{t('registry.registeredOn', { when: formatMoment(account.createdAt) })}</p>
        </div>
        {alike.length === 0 ? null : (
          <div className="actions">
            <AlikeNote alike={alike} />
            {alike.map((line) => (
              <Button
                key={line.id}
                size="sm"
                variant={patientId === line.id ? 'filled' : 'default'}
                onClick={() => setPatientId(patientId === line.id ? '' : line.id)}
              >
                {line.name}
              </Button>
            ))}
          </div>
        )}
        <form
          className="desk-form"
          onSubmit={(event) => {
            event.preventDefault();
            verify.mutate();
          }}
        >
          <TextInput
            label={t('registry.deskNumber')}
            description={t('registry.deskNumberDetail')}
            value={typedNumber}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => setTypedNumber(event.currentTarget.value)}
          />
          <TextInput
            label={t('registry.linkTo')}
            description={t('registry.linkToDetail')}
            value={patientId}
            onChange={(event) => setPatientId(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="filled"
            disabled={deskNumber.length !== DESK_NUMBER_DIGITS}
            loading={verify.isPending}
          >
            {t('registry.verify')}
          </Button>
        </form>
        {verify.isError ? <Failed error={verify.error} /> : null}
      </div>
    </li>
  );
}
