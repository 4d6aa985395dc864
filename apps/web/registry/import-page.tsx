import type { PatientListChecked } from '@clearchart/api';
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Failed, Loading, Note, State } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ImportFaults, ImportKnown } from './import-findings.tsx';
import { checkList, importList } from './patient-lists.ts';
import './registry.css';

const SAMPLE = [
  'given,family,birth date,gender,mobile,e-mail,address,town',
  'Meera,Kulkarni,1985-03-14,female,+91 98220 11111,meera@mail.example,"12, Lake Road",Pune',
  'Ravi,Rao,1990-11-02,male,,,,',
].join('\r\n');

/** Many patients at once, from a spreadsheet: first everything is shown, then all of them are written, or nobody. */
export function ImportPage() {
  return (
    <RequireRole role="administrator">
      <Import />
    </RequireRole>
  );
}

function Import() {
  const { t } = useTranslation();
  useTitle(t('people.import'));
  const client = useQueryClient();
  const [csv, setCsv] = useState('');
  const [alsoKnown, setAlsoKnown] = useState(false);
  const check = useMutation({ mutationFn: checkList });
  const write = useMutation({
    mutationFn: (expected: number) => importList(csv, alsoKnown, expected),
    onSuccess: () => client.invalidateQueries({ queryKey: ['registry'] }),
  });

  async function choose(file: File | undefined) {
    if (file === undefined) return;
    const text = await file.text();
    setCsv(text);
    setAlsoKnown(false);
    write.reset();
    check.mutate(text);
  }

  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('people.import')}</h1>
          <p>{t('people.importLead')}</p>
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        {write.data === undefined ? (
          <section className="card stack" aria-label={t('people.file')}>
            <p className="small muted">{t('people.columns')}</p>
            <div className="actions">
              <label className="file-button">
                <Icon name="file" little /> {csv === '' ? t('people.choose') : t('people.chooseAnother')}
                <input
                  className="hidden-visually"
                  type="file"
                  accept=".csv,text/csv"
                  onChange={(event) => {
                    const [file] = event.currentTarget.files ?? [];
                    event.currentTarget.value = '';
                    void choose(file);
                  }}
                />
              </label>
              <Button
                size="sm"
                variant="subtle"
                onClick={() => saveFile('example.csv', new Blob([SAMPLE], { type: 'text/csv' }))}
              >
                {t('people.sample')}
              </Button>
            </div>
            {check.isPending ? <Loading lines={2} /> : null}
            {check.isError ? <Failed error={check.error} /> : null}
          </section>
        ) : (
          <div className="card" role="status">
            <State
              icon="check"
              tone="brand"
              title={t('people.imported', { count: write.data.created })}
              action={
                <Button component={Link} to="/registry" variant="filled">
                  {t('people.toRegistry')}
                </Button>
              }
            >
              {write.data.leftOut === 0 ? undefined : t('people.leftOut', { count: write.data.leftOut })}
            </State>
          </div>
        )}
        {check.data === undefined || write.data !== undefined ? null : (
          <Preview
            checked={check.data}
            alsoKnown={alsoKnown}
            setAlsoKnown={setAlsoKnown}
            writing={write.isPending}
            fault={write.error}
            write={write.mutate}
          />
        )}
      </div>
    </div>
  );
}

interface PreviewProps {
  checked: PatientListChecked;
  alsoKnown: boolean;
  setAlsoKnown: (also: boolean) => void;
  writing: boolean;
  fault: Error | null;
  write: (expected: number) => void;
}

function Preview({ checked, alsoKnown, setAlsoKnown, writing, fault, write }: PreviewProps) {
  const { t } = useTranslation();
  const { people, faultCount, faults, known } = checked;
  const wanted = alsoKnown ? people : people - known.length;
  return (
    <section className="stack" style={{ ['--gap' as string]: '20px' }} aria-label={t('people.preview')} role="status">
      <div className="card">
        <dl className="import-counts">
          {(
            [
              [t('people.count.read'), people],
              [t('people.count.known'), known.length],
              [t('people.count.faults'), faultCount],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt className="small muted">{name}</dt>
              <dd>{formatNumber(value)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {faultCount === 0 ? null : <ImportFaults faults={faults} count={faultCount} />}
      {known.length === 0 ? null : <ImportKnown known={known} />}
      {fault === null ? null : <Failed error={fault} />}
      {faultCount > 0 ? (
        <Note tone="warn">{t('people.faultsFirst')}</Note>
      ) : (
        <div className="card stack">
          {known.length === 0 ? null : (
            <Checkbox
              checked={alsoKnown}
              onChange={(event) => setAlsoKnown(event.currentTarget.checked)}
              label={t('people.alsoKnown')}
            />
          )}
          {wanted === 0 ? (
            <Note tone="plain">{t('people.nobodyNew')}</Note>
          ) : (
            <div>
              <Button variant="filled" loading={writing} onClick={() => write(wanted)}>
                {t('people.importThem', { count: wanted })}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
