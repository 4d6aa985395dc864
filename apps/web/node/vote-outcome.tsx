import type { MemberBallot } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { Failed, Note } from '../parts/states.tsx';
import { refusalWords } from './use-network.ts';

/** What came of a vote: how far it is, or why it was not taken. */
export function VoteOutcome({ vote: { data, error } }: { vote: { data: MemberBallot | undefined; error: unknown } }) {
  const { t } = useTranslation();
  if (data !== undefined)
    return <Note tone={data.finality === 'final' ? 'ok' : 'info'}>{t(`node.voted.${data.finality}`)}</Note>;
  if (error === null) return null;
  const refused = refusalWords(error, t);
  return refused === undefined ? <Failed error={error} /> : <Note tone="warn">{refused}</Note>;
}
