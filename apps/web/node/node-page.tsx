import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ApplicationsCard } from './applications-card.tsx';
import { BallotsCard } from './ballots-card.tsx';
import { FindingsCard } from './findings-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { MembersCard } from './members-card.tsx';
import './node.css';
import { ResolveCard } from './resolve-card.tsx';
import { useNetwork } from './use-network.ts';
import { VotesCard } from './votes-card.tsx';

export function NodePage() {
  return (
    <RequireRole role="administrator">
      <Node />
    </RequireRole>
  );
}

function Node() {
  const { t } = useTranslation();
  useTitle(t('node.title'));
  const { data: network, dataUpdatedAt, error, refetch } = useNetwork();
  // One's own first; the others stay in the ledger's order.
  const members = (network?.members ?? []).toSorted((one, other) => Number(other.isSelf) - Number(one.isSelf));
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('node.title')}</h1>
          <p>{t('node.lead')}</p>
        </div>
      </div>
      {network === undefined ? (
        <div className="card">
          {error === null ? <Loading lines={6} /> : <Failed error={error} retry={() => void refetch()} />}
        </div>
      ) : (
        <div className="columns">
          <div className="stack" style={{ ['--gap' as string]: '24px' }}>
            <MembersCard members={members} now={dataUpdatedAt} />
            <ApplicationsCard network={network} />
            <BallotsCard network={network} />
          </div>
          <div className="stack" style={{ ['--gap' as string]: '24px' }}>
            <HistoryCard history={network.history} />
            <VotesCard members={members} now={dataUpdatedAt} />
            <ResolveCard />
            <FindingsCard network={network} />
          </div>
        </div>
      )}
    </div>
  );
}
