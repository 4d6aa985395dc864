// A patient's own words for what he or she has: the quick form beside the hospital's coded list.
import { TOLD_WORDS_AT_MOST } from '@clearchart/exchange';
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
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
import { SealingProgress } from './sealing-progress.tsx';
import { type ToldChange, toldBundle, toldChanges, toldProblems, wordsOf } from './told-problems.ts';
import { storedAsSent, useSealAndSign } from './use-seal-and-sign.ts';

export function ToldPage() {
  const { session } = useSession();
  const id = ownPatientId(session);
  const conditions = useConditions(id);
  return (
    <RequireRole role="patient">
      <div className="wrap">
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
  const told = toldProblems(conditions);
  // Health data: kept by the page alone, never in the device's storage.
  const [draft, setDraft] = useState<string[]>();
  const [reviewing, setReviewing] = useState(false);
  const words = draft ?? wordsOf(told);
  const changes = toldChanges(told, words);
  const [sealedChanges, setSealedChanges] = useState<readonly ToldChange[]>([]);
  const refresh = () => void client.invalidateQueries({ queryKey: ['record', id, 'Condition'] });
  const send = async () => {
    try {
      const bundle = toldBundle(id, told, changes, new Date().toISOString().slice(0, 10));
      const { resources, transactionId } = await transactFhir(bundle);
      return {
        resources: bundle.entry.map(({ resource }, at) => storedAsSent(resource, resources[at])),
        transactionId,
      };
    } finally {
      refresh();
    }
  };
  const writing = useSealAndSign(id, send, () => {
    setSealedChanges(changes);
    setDraft(undefined);
  });
  if (writing.sealed !== undefined) {
    return (
      <SealingProgress sealed={writing.sealed} writing={writing}>
        <ToldChanges changes={sealedChanges} />
      </SealingProgress>
    );
  }
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{reviewing ? t('profile.review') : t('told.title')}</h1>
          <p>{reviewing ? t('profile.reviewLead') : t('told.lead')}</p>
        </div>
      </div>
      <div className="profile">
        {reviewing ? (
          <section className="card stack" aria-label={t('profile.review')}>
            <ToldChanges changes={changes} />
            <Note tone="plain">{t('profile.amend')}</Note>
            {writing.sealFault === undefined ? null : <Failed error={writing.sealFault} />}
            <div className="actions">
              <Button
                variant="filled"
                loading={writing.sealing}
                leftSection={<Icon name="lock" little />}
                onClick={writing.seal}
              >
                {t('profile.seal')}
              </Button>
              <Button onClick={() => setReviewing(false)} disabled={writing.sealing}>
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
                maxLength={TOLD_WORDS_AT_MOST}
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
      </div>
    </>
  );
}

function ToldChanges({ changes }: { changes: readonly ToldChange[] }) {
  const { t } = useTranslation();
  return (
    <ChangeList
      changes={changes.map(({ at, before, after }) => ({
        name: t('told.field', { number: at + 1 }),
        before,
        after,
      }))}
    />
  );
}
