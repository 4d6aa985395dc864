import type { LedgerMember } from '@clearchart/api';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHasLab } from '../connection/demo.ts';
import { codeOf } from '../connection/fault-words.ts';
import { Seal } from '../parts/seal.tsx';
import { freshnessWords } from '../proof/freshness-words.ts';
import { useFreshness } from '../proof/use-freshness.ts';
import { nameOf } from './entry-words.ts';

/** In one line: whether the hospitals say just now that there is nothing newer. */
export function FreshnessLine({ members }: { members: readonly LedgerMember[] }) {
  const { t } = useTranslation();
  const { data, error } = useFreshness();
  const hasLab = useHasLab();
  const isHistoryComing = codeOf(error) === 'history-incomplete';
  const words =
    data === undefined ? undefined : freshnessWords(data, (organization) => nameOf(organization, members), t);
  return (
    <p className="row wrapping freshness-line" role="status">
      {words === undefined ? (
        <Seal state="unchecked">
          {error === null ? t('fresh.asking') : isHistoryComing ? t('fault.historyComes') : t('fresh.unconfirmed')}
        </Seal>
      ) : (
        <Seal state={words.state}>{words.title}</Seal>
      )}
      <Link to="/hospitals" className="small">
        {t('fresh.compare')}
      </Link>
      {hasLab ? (
        <Link to="/lab" className="small">
          {t('lab.door')}
        </Link>
      ) : null}
    </p>
  );
}
