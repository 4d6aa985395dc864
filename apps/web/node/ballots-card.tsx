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
                <Votes ballot={ballot} />
              </div>
              {ballot.votes.some(({ organization }) => organization === own) ? (
                <OwnVote votes={ballot.votes} own={own} />
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

/** Only a vote that is final is kept on the ledger. */
function Votes({ ballot: { needed, votes } }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const kept = votes.filter(({ finality }) => finality === 'final');
  const onTheirWay = votes.filter(({ finality }) => finality !== 'final');
  const namesOf = (some: Ballot['votes']) => some.map(({ name }) => name).join(', ');
  return (
    <>
      <p className="small">{t('node.votes', { count: kept.length, needed })}</p>
      {kept.length === 0 ? null : <p className="small muted">{t('node.votedBy', { names: namesOf(kept) })}</p>}
      {onTheirWay.length === 0 ? null : (
        <p className="small muted">{t('node.votesPending', { names: namesOf(onTheirWay) })}</p>
      )}
    </>
  );
}

/** Of this hospital; nothing when it has not voted. */
export function OwnVote({ votes, own }: { votes: Ballot['votes']; own: string | undefined }) {
  const { t } = useTranslation();
  const vote = votes.find(({ organization }) => organization === own);
  if (vote === undefined) return null;
  return vote.finality === 'final' ? (
    <span className="tag ok">{t('node.youVoted')}</span>
  ) : (
    <span className="tag info">{t('node.youVotePending')}</span>
  );
}
