import type { Network } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RegisterDialog } from './register-dialog.tsx';
import { RetireDialog } from './retire-dialog.tsx';

type Ballot = Network['ballots'][number];

export function BallotsCard({ network }: { network: Network }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Ballot>();
  const own = network.members.find(({ isSelf }) => isSelf)?.organization;
  const close = (): void => setChosen(undefined);
  return (
    <section className="card" aria-label={t('node.ballots')}>
      <h2 className="card-head">{t('node.ballots')}</h2>
      {network.ballots.length === 0 ? (
        <p className="muted">{t('node.noBallots')}</p>
      ) : (
        <ul className="rows network-rows">
          {network.ballots.map((ballot) => (
            <li key={`${ballot.kind} ${ballot.organization}`} className="row top wrapping">
              <div className="grow">
                <b>{t(`node.ballot.${ballot.kind}`, { name: ballot.name })}</b>
                <p className="small">{t('node.votes', { count: ballot.votes.length, needed: ballot.needed })}</p>
                <p className="small muted">
                  {t('node.votedBy', { names: ballot.votes.map(({ name }) => name).join(', ') })}
                </p>
              </div>
              {ballot.votes.some(({ organization }) => organization === own) ? (
                <span className="tag ok">{t('node.youVoted')}</span>
              ) : (
                <Button
                  size="sm"
                  aria-label={`${t('node.voteFor')}: ${t(`node.ballot.${ballot.kind}`, { name: ballot.name })}`}
                  onClick={() => setChosen(ballot)}
                >
                  {t('node.voteFor')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen === undefined ? null : chosen.kind === 'admit' ? (
        <RegisterDialog candidate={chosen} onClose={close} />
      ) : (
        <RetireDialog member={chosen} onClose={close} />
      )}
    </section>
  );
}
