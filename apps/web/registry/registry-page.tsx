import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskDisputes } from '../accesses/use-disputes.ts';
import { Loading } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { DeskTab } from './desk-tab.tsx';
import { DisputesSection } from './disputes-section.tsx';
import { DuplicatesSection } from './duplicates-section.tsx';
import { PeopleTab } from './people-tab.tsx';
import './registry.css';
import { TokensTab } from './tokens-tab.tsx';
import { useAccounts } from './use-registry.ts';

const StaffTab = lazy(async () => ({ default: (await import('./staff-tab.tsx')).StaffTab }));

const TABS = ['people', 'desk', 'staff', 'tokens'] as const;
type Tab = (typeof TABS)[number];

export function RegistryPage() {
  return (
    <RequireRole role="administrator">
      <Registry />
    </RequireRole>
  );
}

function Registry() {
  const { t } = useTranslation();
  useTitle(t('nav.registry'));
  const [tab, setTab] = useState<Tab>('people');
  const people = useAccounts('unverified', 1).data?.total ?? 0;
  const waiting = people + (useDeskDisputes().data?.length ?? 0);
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('registry.title')}</h1>
          <p>{t('registry.lead')}</p>
        </div>
      </div>
      <SegmentedControl
        className="registry-tabs"
        aria-label={t('registry.show')}
        value={tab}
        onChange={(value) => setTab(TABS.find((one) => one === value) ?? 'people')}
        data={TABS.map((value) => ({
          value,
          label:
            value === 'desk' && waiting > 0 ? `${t('registry.tab.desk')} (${waiting})` : t(`registry.tab.${value}`),
        }))}
      />
      <Suspense fallback={<Loading lines={6} />}>
        {tab === 'people' ? <PeopleTab /> : tab === 'desk' ? <Desk /> : tab === 'staff' ? <StaffTab /> : <TokensTab />}
      </Suspense>
    </div>
  );
}

/** What waits for the desk: openings that patients do not recognise, people with their papers, records of one person. */
function Desk() {
  return (
    <div className="stack">
      <DisputesSection />
      <DeskTab />
      <DuplicatesSection />
    </div>
  );
}
