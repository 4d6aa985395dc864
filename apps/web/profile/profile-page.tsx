import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateFhir } from '../connection/fhir.ts';
import { statusOf } from '../connection/fault-words.ts';
import { ownPatientId, useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import type { Patient } from '../record/fhir.ts';
import { usePatient } from '../record/use-record.ts';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { Changes } from './changes.tsx';
import { useDraft } from './draft.ts';
import { ProfileFields } from './profile-fields.tsx';
import {
  applyForm,
  changesOf,
  faultOf,
  formOf,
  PROFILE_FIELDS,
  type ProfileChange,
  type ProfileForm,
} from './profile-form.ts';
import './profile.css';
import { SealingProgress } from './sealing-progress.tsx';
import { storedAsSent, useSealAndSign } from './use-seal-and-sign.ts';

export function ProfilePage() {
  const { session } = useSession();
  const id = ownPatientId(session);
  const patient = usePatient(id);
  return (
    <RequireRole role="patient">
      <div className="wrap">
        {patient.data !== undefined ? (
          <Profile patient={patient.data} />
        ) : (
          <div className="card">
            {patient.error === null ? (
              <Loading lines={6} />
            ) : (
              <Failed error={patient.error} retry={() => void patient.refetch()} wholePage />
            )}
          </div>
        )}
      </div>
    </RequireRole>
  );
}

function Profile({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  useTitle(t('profile.title'));
  const client = useQueryClient();
  const [draft, setDraft] = useDraft<ProfileForm>(`profile.${patient.id}`);
  const [reviewing, setReviewing] = useState(false);
  const [showFaults, setShowFaults] = useState(false);
  const form = draft ?? formOf(patient);
  const changes = changesOf(patient, form);
  const faulty = PROFILE_FIELDS.some((field) => faultOf(field, form[field]) !== undefined);
  const send = async () => {
    const after = applyForm(patient, form);
    const { resource, transactionId } = await updateFhir(after);
    return { resources: [storedAsSent(after, resource)], transactionId };
  };
  const writing = useSealAndSign(patient.id, send, ({ resources }) => {
    setDraft(undefined);
    client.setQueryData(['record', patient.id, 'Patient'], resources[0]);
  });
  const [sealedChanges, setSealedChanges] = useState<ProfileChange[]>([]);

  if (writing.sealed !== undefined) {
    return (
      <SealingProgress sealed={writing.sealed} writing={writing}>
        <Changes changes={sealedChanges} />
      </SealingProgress>
    );
  }
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{reviewing ? t('profile.review') : t('profile.title')}</h1>
          <p>{reviewing ? t('profile.reviewLead') : t('profile.lead')}</p>
        </div>
      </div>
      <div className="profile">
        {reviewing ? (
          <section className="card stack" aria-label={t('profile.review')}>
            <Changes changes={changes} />
            <Note tone="plain">{t('profile.amend')}</Note>
            {writing.sealFault !== undefined ? (
              <SealFailed
                error={writing.sealFault}
                reload={() => void client.invalidateQueries({ queryKey: ['record', patient.id, 'Patient'] })}
              />
            ) : null}
            <div className="actions">
              <Button
                variant="filled"
                loading={writing.sealing}
                leftSection={<Icon name="lock" little />}
                onClick={() => {
                  setSealedChanges(changes);
                  writing.seal();
                }}
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
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setShowFaults(true);
              if (!faulty) setReviewing(true);
            }}
          >
            <ProfileFields form={form} showFaults={showFaults} onChange={setDraft} />
            <div className="actions">
              <Button type="submit" variant="filled" disabled={changes.length === 0}>
                {changes.length === 0 ? t('profile.review') : t('profile.toReview', { count: changes.length })}
              </Button>
              <Button component={Link} to="/me" onClick={() => setDraft(undefined)}>
                {t('profile.discard')}
              </Button>
            </div>
            {draft === undefined || changes.length === 0 ? null : (
              <p className="small muted">{t('profile.draftKept')}</p>
            )}
          </form>
        )}
      </div>
    </>
  );
}

/** Somebody else wrote a newer version meanwhile: the reader's text is kept, and the newer one is fetched. */
function SealFailed({ error, reload }: { error: unknown; reload: () => void }) {
  const { t } = useTranslation();
  if (statusOf(error) !== 412) return <Failed error={error} />;
  return (
    <Note tone="warn">
      {t('fault.changedDetail')}{' '}
      <button type="button" className="link" onClick={reload}>
        {t('profile.reload')}
      </button>
    </Note>
  );
}
