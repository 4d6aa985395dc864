import type { NetworkMember } from '@clearchart/api';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatNumber } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';

/** Which block each hospital voted for last, and when this node heard it. */
export function VotesCard({ members, now }: { members: readonly NetworkMember[]; now: number }) {
  const { t } = useTranslation();
  if (members.length === 1) return null;
  const newest = Math.max(0, ...members.map(({ lastVote }) => lastVote?.target ?? 0));
  return (
    <section className="card" aria-label={t('node.lastVotes')}>
      <h2>{t('node.lastVotes')}</h2>
      <p className="small muted">{t('node.lastVotesDetail')}</p>
      <ul className="rows network-rows last-votes">
        {members.map(({ lastVote, name, organization }) => {
          const isUpToDate = lastVote !== undefined && lastVote.target + 1 >= newest;
          return (
            <li key={organization} className="row top">
              <span className={isUpToDate ? 'vote-mark' : 'vote-mark muted'}>
                <Icon name={isUpToDate ? 'check' : 'clock'} little />
              </span>
              <div className="grow">
                <b>{name}</b>
                <p className="small">{voteWords(lastVote, t)}</p>
                {lastVote === undefined ? null : (
                  <p className="small muted">
                    {[whenWords(lastVote.at, now, t), ...behindWords(newest - lastVote.target, t)].join(' · ')}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function voteWords(vote: NetworkMember['lastVote'], t: TFunction): string {
  if (vote === undefined) return t('node.noVote');
  return t('node.votedFor', { source: formatNumber(vote.source), target: formatNumber(vote.target) });
}

function whenWords(at: number | undefined, now: number, t: TFunction): string {
  if (at === undefined) return t('node.votedBefore');
  return formatAgo(at, now) ?? t('node.justNow');
}

/** One block apart is a vote that is under way. */
function behindWords(blocks: number, t: TFunction): string[] {
  return blocks <= 1 ? [] : [t('node.votesBehind', { count: blocks })];
}
