import type { LedgerMember } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import type { Voters } from '../proof/final-votes.ts';
import { nameOf } from './entry-words.ts';

/** Which hospitals made the block final: those whose signature this browser found good. */
export function BlockVoters({ voters, members }: { voters: Voters; members: readonly LedgerMember[] }) {
  const { t } = useTranslation();
  const voted = new Set(voters.voted);
  return (
    <section className="block-voters" aria-label={t('votes.title')}>
      <h3>{t('votes.title')}</h3>
      <p className="small muted">
        {voters.members.length === 1
          ? t('votes.alone')
          : t('votes.count', { count: voters.voted.length, members: voters.members.length })}
      </p>
      <ul>
        {voters.members.map((organization) => (
          <li key={organization} className={voted.has(organization) ? 'voted' : 'muted'}>
            <Icon name={voted.has(organization) ? 'check' : 'clock'} little />
            <span>
              {nameOf(organization, members)}
              <span className="tiny muted">{voted.has(organization) ? t('votes.voted') : t('votes.silent')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
