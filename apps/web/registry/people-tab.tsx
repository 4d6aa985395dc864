import type { RegistryLine } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber, formatShortDate } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Seal } from '../parts/seal.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { Pager } from './pager.tsx';
import { useRegistry } from './use-registry.ts';

const NewPatientDialog = lazy(async () => ({
  default: (await import('./new-patient-dialog.tsx')).NewPatientDialog,
}));
const PersonDialog = lazy(async () => ({ default: (await import('./person-dialog.tsx')).PersonDialog }));

const SEARCH_AFTER_MS = 250;

export function PeopleTab() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [page, setPage] = useState(1);
  const [query] = useDebouncedValue(text.trim(), SEARCH_AFTER_MS);
  const { data, error, refetch } = useRegistry(query, page);
  const [chosen, setChosen] = useState<RegistryLine>();
  const [adding, setAdding] = useState(false);
  const pages = data === undefined ? 1 : Math.max(1, Math.ceil(data.total / data.pageSize));
  return (
    <section className="stack" aria-label={t('registry.tab.people')}>
      <div className="row wrapping">
        <TextInput
          className="grow registry-search"
          aria-label={t('registry.search')}
          placeholder={t('registry.searchPlaceholder')}
          leftSection={<Icon name="search" />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPage(1);
          }}
        />
        <Button
          variant="filled"
          leftSection={<Icon name="plus" little />}
          className="wide-on-phone"
          onClick={() => setAdding(true)}
        >
          {t('registry.newPatient')}
        </Button>
        <Button
          component={Link}
          to="/registry/import"
          className="wide-on-phone"
          leftSection={<Icon name="file" little />}
        >
          {t('people.import')}
        </Button>
      </div>
      <div className="card flush">
        {error !== null ? (
          <div className="card-inside">
            <Failed error={error} retry={() => void refetch()} />
          </div>
        ) : data === undefined ? (
          <div className="card-inside">
            <Loading lines={6} />
          </div>
        ) : data.lines.length === 0 ? (
          <div className="card-inside">
            <State icon="people" tone="brand" title={t('registry.nobody')}>
              {query === '' ? t('registry.nobodyDetail') : t('registry.nobodyFound')}
            </State>
          </div>
        ) : (
          <People lines={data.lines} choose={setChosen} />
        )}
      </div>
      {data === undefined || data.total === 0 ? null : (
        <div className="row wrapping" role="status">
          <span className="small muted">
            {t('registry.count', { count: data.total, page: formatNumber(page), pages: formatNumber(pages) })}
          </span>
          <span className="end actions">
            <Pager page={page} pages={pages} setPage={setPage} />
          </span>
        </div>
      )}
      <Suspense fallback={null}>
        {chosen === undefined ? null : <PersonDialog line={chosen} onClose={() => setChosen(undefined)} />}
        {adding ? <NewPatientDialog onClose={() => setAdding(false)} /> : null}
      </Suspense>
    </section>
  );
}

function People({ lines, choose }: { lines: readonly RegistryLine[]; choose: (line: RegistryLine) => void }) {
  const { t } = useTranslation();
  return (
    <table className="table people-table">
      <thead>
        <tr>
          <th scope="col">{t('registry.column.name')}</th>
          <th scope="col" className="not-on-phone">
            {t('registry.column.reach')}
          </th>
          <th scope="col" className="not-on-phone">
            {t('registry.column.registered')}
          </th>
          <th scope="col">{t('registry.column.account')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              <button type="button" className="person-cell" onClick={() => choose(line)}>
                <Avatar name={line.name} />
                <span>
                  <b>{line.name}</b>
                  <span className="small muted">
                    {[
                      line.birthDate === undefined ? undefined : formatDate(line.birthDate),
                      line.gender === undefined ? undefined : t(`gender.${line.gender}`),
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </span>
                </span>
              </button>
            </td>
            <td className="not-on-phone small">
              <span className="break">{line.email}</span>
              <br />
              <span className="muted">{line.phone}</span>
            </td>
            <td className="not-on-phone small">
              {formatShortDate(line.registeredAt)}
              <br />
              <Seal state={line.finality === 'final' ? 'final' : 'pending'}>
                {line.finality === 'final' ? t('explorer.final') : t('seal.pendingHere')}
              </Seal>
            </td>
            <td>
              <span className={`tag ${{ none: '', invited: 'info', active: 'ok', deactivated: 'bad' }[line.account]}`}>
                {t(`registry.account.${line.account}`)}
              </span>
              {line.inCustody ? <span className="tag warn">{t('custody.badge')}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
