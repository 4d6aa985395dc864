// A patient's own words for what he or she has: the quick form beside the hospital's coded list.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { transactFhir } from '../connection/fhir.ts';
import { ownPatientId, useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import type { Condition } from '../record/fhir.ts';
import { useConditions } from '../record/use-record.ts';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ChangeList } from './changes.tsx';
import './profile.css';
import { TOLD_CHARACTERS_AT_MOST, toldBundle, toldChanges, toldProblems, wordsOf } from './told-problems.ts';

export function ToldPage() {
  const { session } = useSession();
  const id = ownPatientId(session);
  const conditions = useConditions(id);
  return (
    <RequireRole role="patient">
      <div className="wrap narrow">
        {conditions.data !== undefined && id !== undefined ? (
          <Told id={id} conditions={conditions.data} />
        ) : (
          <div className="card">
            {conditions.error === null ? (
              <Loading lines={6} />
            ) : (
              <Failed error={conditions.error} retry={() => void conditions.refetch()} wholePage />
            )}
          </div>
        )}
      </div>
    </RequireRole>
  );
}

function Told({ id, conditions }: { id: string; conditions: readonly Condition[] }) {
  const { t } = useTranslation();
  useTitle(t('told.title'));
  const client = useQueryClient();
  const navigate = useNavigate();
  const told = toldProblems(conditions);
  // Health data: kept by the page alone, never in the device's storage.
  const [draft, setDraft] = useState<string[]>();
  const [reviewing, setReviewing] = useState(false);
  const words = draft ?? wordsOf(told);
  const changes = toldChanges(told, words);
  const seal = useMutation({
    mutationFn: () => transactFhir(toldBundle(id, told, changes, new Date().toISOString().slice(0, 10))),
    onSuccess: async () => {
      setDraft(undefined);
      await client.invalidateQueries({ queryKey: ['record', id, 'Condition'] });
      await navigate({ to: '/me' });
    },
    onError: () => client.invalidateQueries({ queryKey: ['record', id, 'Condition'] }),
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{reviewing ? t('profile.review') : t('told.title')}</h1>
          <p>{reviewing ? t('profile.reviewLead') : t('told.lead')}</p>
        </div>
      </div>
      {reviewing ? (
        <section className="card stack" aria-label={t('profile.review')}>
          <ChangeList
            changes={changes.map(({ at, before, after }) => ({
              name: t('told.field', { number: at + 1 }),
              before,
              after,
            }))}
          />
          <Note tone="plain">{t('profile.amend')}</Note>
          {seal.isError ? <Failed error={seal.error} /> : null}
          <div className="actions">
            <Button
              variant="filled"
              loading={seal.isPending}
              leftSection={<Icon name="lock" little />}
              onClick={() => seal.mutate()}
            >
              {t('profile.seal')}
            </Button>
            <Button onClick={() => setReviewing(false)} disabled={seal.isPending}>
              {t('profile.back')}
            </Button>
          </div>
        </section>
      ) : (
        <form
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            setReviewing(true);
          }}
        >
          {words.map((text, at) => (
            <TextInput
              // A field is its place in the form: the words in it change.
              key={String(at)}
              label={t('told.field', { number: at + 1 })}
              maxLength={TOLD_CHARACTERS_AT_MOST}
              autoComplete="off"
              value={text}
              onChange={(event) => setDraft(words.with(at, event.currentTarget.value))}
            />
          ))}
          <Note tone="plain">{t('told.seen')}</Note>
          <div className="actions">
            <Button type="submit" variant="filled" disabled={changes.length === 0}>
              {changes.length === 0 ? t('profile.review') : t('profile.toReview', { count: changes.length })}
            </Button>
            <Button component={Link} to="/me">
              {t('profile.discard')}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
