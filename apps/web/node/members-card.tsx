import type { NetworkMember, PeerFailure } from '@clearchart/api';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLately, formatNumber } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { blameWords } from './blame-words.ts';
import { reachOf } from './reach.ts';
import { RetireDialog } from './retire-dialog.tsx';

export function MembersCard({ members, now }: { members: readonly NetworkMember[]; now: number }) {
  const { t } = useTranslation();
  const [retiring, setRetiring] = useState<NetworkMember>();
  const isAlone = members.length === 1;
  const own = members.find(({ isSelf }) => isSelf);
  return (
    <section className="card" aria-label={t('node.members')}>
      <div className="card-head">
        <h2>{t('node.members')}</h2>
        <Link to="/hospitals" className="end">
          {t('fresh.compare')}
        </Link>
      </div>
      {own === undefined ? (
        <div style={{ marginBottom: 16 }}>
          <Note>
            <b>{t('node.notMember')}.</b> {t('node.notMemberDetail')}
          </Note>
        </div>
      ) : (
        <TooFew members={members} />
      )}
      <ul className="rows network-rows">
        {members.map((member) => (
          <li key={member.organization} className="row top">
            <Member member={member} own={own} now={now} />
            {isAlone || own === undefined || member.standing !== 'member' ? null : (
              <Button
                size="sm"
                variant="subtle"
                aria-label={t(member.isSelf ? 'node.retireSelfTitle' : 'node.retireTitle', { name: member.name })}
                onClick={() => setRetiring(member)}
              >
                {t(member.isSelf ? 'node.leave' : 'node.retire')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isAlone ? (
        <div style={{ marginTop: 16 }}>
          <Note>
            <b>{t('node.alone')}.</b> {t('node.aloneDetail')}
          </Note>
        </div>
      ) : null}
      {retiring === undefined ? null : <RetireDialog member={retiring} onClose={() => setRetiring(undefined)} />}
    </section>
  );
}

/** Finality stands still, care does not. */
function TooFew({ members }: { members: readonly NetworkMember[] }) {
  const { t } = useTranslation();
  const voting = members.filter(({ standing }) => standing !== 'joining');
  const there = voting.filter((member) => ['self', 'good'].includes(reachOf(member).state)).length;
  const needed = Math.floor((2 * voting.length) / 3) + 1;
  if (there >= needed) return null;
  return (
    <div style={{ marginBottom: 16 }}>
      <Note tone="warn">
        <b>{t('node.tooFew', { count: there, members: voting.length, needed })}.</b> {t('node.tooFewDetail')}
      </Note>
    </div>
  );
}

/** Reasons to which a code adds nothing. */
const SAYS_ALL: ReadonlySet<PeerFailure['reason']> = new Set([
  'name-unknown',
  'nothing-listens',
  'broken-off',
  'timeout',
  'unreachable',
]);

function whyWords({ reason, code }: PeerFailure, isMember: boolean, t: TFunction): string {
  if (reason === 'refused' && !isMember) return t('node.why', { why: t('node.failure.notMember') });
  const why = t(`node.failure.${reason}`);
  return t('node.why', { why: code === undefined || SAYS_ALL.has(reason) ? why : `${why}, ${code}` });
}

/** How far it was when it was last heard, also while it sleeps. */
function heightWords(
  { finalHeight, headTime }: NetworkMember,
  isThere: boolean,
  own: NetworkMember | undefined,
  now: number,
  t: TFunction,
): string {
  if (finalHeight === undefined) return t('node.noHead');
  const height = formatNumber(finalHeight);
  if (isThere || headTime === undefined) return t('node.finalUpTo', { height });
  const since = (own?.finalHeight ?? finalHeight) - finalHeight;
  const was = t('node.wasAt', { height, when: formatLately(headTime, now) });
  return since <= 0 ? was : `${was} · ${t('node.blocksSince', { count: since })}`;
}

interface MemberProps {
  member: NetworkMember;
  own: NetworkMember | undefined;
  now: number;
}

function Member({ member, own, now }: MemberProps) {
  const { t } = useTranslation();
  const { address, bans, blamedFor, isSelf, name, roundTripMs, standing, waitingMessages } = member;
  const reach = reachOf(member);
  const facts = [
    heightWords(member, reach.state === 'good' || isSelf, own, now, t),
    ...(roundTripMs === undefined || reach.state !== 'good'
      ? []
      : [t('node.roundTrip', { milliseconds: Math.round(roundTripMs) })]),
    ...(waitingMessages === 0 ? [] : [t('node.waiting', { count: waitingMessages })]),
    ...(bans === 0 ? [] : [t('node.bans', { count: bans })]),
  ];
  return (
    <>
      <span className={`picture ${reach.tone}`}>
        <Icon name="home" />
      </span>
      <div className="grow">
        <p className="row wrapping" style={{ ['--gap' as string]: '2px 8px' }}>
          <b>{name}</b>
          {isSelf ? <span className="tag brand">{t('node.self')}</span> : null}
          {standing === 'member' ? null : <span className="tag info">{t(`node.standing.${standing}`)}</span>}
        </p>
        <p className={reach.tone === 'bad' ? 'small colour-bad' : 'small'}>
          {t(`node.reach.${reach.state}`, { when: reach.at === undefined ? '' : formatLately(reach.at, now) })}
          {reach.failure === undefined ? null : (
            <span className="muted"> {whyWords(reach.failure, own !== undefined, t)}</span>
          )}
        </p>
        <p className="small muted">{facts.join(' · ')}</p>
        {bans === 0 || blamedFor === undefined ? null : (
          <p className="small colour-bad break">{blameWords(blamedFor, t)}</p>
        )}
        {address === undefined ? null : <p className="tiny muted break">{address}</p>}
      </div>
    </>
  );
}
