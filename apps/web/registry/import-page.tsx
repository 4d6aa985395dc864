import type { PatientListChecked } from '@clearchart/api';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { ImportFaults, ImportKnown } from './import-findings.tsx';
import { ListBrokenOff, ListDone, ListProgress } from './list-progress.tsx';
import { useImport } from './use-import.ts';
import './registry.css';

const SAMPLE = [
  'given,family,birth date,gender,mobile,e-mail,address,town',
  'Meera,Kulkarni,1985-03-14,female,+91 98220 11111,meera@mail.example,"12, Lake Road",Pune',
  'Ravi,Rao,1990-11-02,male,,,,',
].join('\r\n');

/** Many patients at once, from a spreadsheet: first everything is shown, then they are written, told how far. */
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
  const { check, start, list, unanswered, breakOff, choose, look, csv } = useImport();
  const [alsoKnown, setAlsoKnown] = useState(false);
  const isDone = list?.state === 'written';
  const isWriting = list?.state === 'being-written';

  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('people.import')}</h1>
          <p>{t('people.importLead')}</p>
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        {isWriting ? <ListProgress list={list} unanswered={unanswered} breakOff={breakOff} /> : null}
        {isDone ? <ListDone list={list} /> : null}
        {list?.state === 'broken-off' ? <ListBrokenOff list={list} goOn={csv === '' ? undefined : look} /> : null}
        {isDone || isWriting ? null : (
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
                    setAlsoKnown(false);
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
            {check.isError ? <Failed error={check.error} retry={look} /> : null}
          </section>
        )}
        {check.data === undefined || isDone || isWriting ? null : (
          <Preview
            checked={check.data}
            alsoKnown={alsoKnown}
            setAlsoKnown={setAlsoKnown}
            writing={start.isPending}
            fault={start.error}
            write={(expected) => start.mutate({ alsoKnown, expected })}
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
  const { people, written, faultCount, faults, known, knownCount } = checked;
  const wanted = people - written - (alsoKnown ? 0 : knownCount);
  return (
    <section className="stack" style={{ ['--gap' as string]: '20px' }} aria-label={t('people.preview')} role="status">
      <div className="card">
        <dl className="import-counts">
          {(
            [
              [t('people.count.read'), people],
              ...(written === 0 ? [] : [[t('people.count.written'), written] as const]),
              [t('people.count.known'), knownCount],
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
      {known.length === 0 ? null : <ImportKnown known={known} count={knownCount} />}
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
            <Note tone="plain">{t(written === people ? 'people.allWritten' : 'people.nobodyNew')}</Note>
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
