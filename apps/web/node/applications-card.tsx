import type { Network } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { State } from '../parts/states.tsx';
import { OwnVote } from './ballots-card.tsx';
import { RegisterDialog } from './register-dialog.tsx';

export type Application = Network['applications'][number];

export function ApplicationsCard({ network }: { network: Network }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Application>();
  const own = network.members.find(({ isSelf }) => isSelf)?.organization;
  const votesOn = ({ organization }: Application) =>
    network.ballots.find((ballot) => ballot.kind === 'admit' && ballot.organization === organization)?.votes ?? [];
  const hasVoted = (application: Application): boolean =>
    votesOn(application).some(({ organization }) => organization === own);
  return (
    <section className="card" aria-label={t('node.applications')}>
      <h2 className="card-head">{t('node.applications')}</h2>
      {network.applications.length === 0 ? (
        <State icon="people" title={t('node.noApplications')}>
          {t('node.noApplicationsDetail')}
        </State>
      ) : (
        <ul className="rows network-rows">
          {network.applications.map((application) => (
            <li key={application.organization} className="row top wrapping">
              <div className="grow">
                <b>{application.name}</b>
                <p className="small muted break">{application.address}</p>
                <p className="tiny muted">
                  <Fingerprint value={application.organization} /> ·{' '}
                  {t('node.heard', { when: formatMoment(application.heardAt) })}
                </p>
              </div>
              {hasVoted(application) ? (
                <OwnVote votes={votesOn(application)} own={own} />
              ) : (
                <Button
                  size="sm"
                  variant="filled"
                  aria-label={t('node.registerTitle', { name: application.name })}
                  onClick={() => setChosen(application)}
                >
                  {t('node.register')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen === undefined ? null : <RegisterDialog candidate={chosen} onClose={() => setChosen(undefined)} />}
    </section>
  );
}
