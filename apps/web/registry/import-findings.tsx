import type { PatientListChecked } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../language/format.ts';

/** What is wrong in a list, line by line, in words. */
export function ImportFaults({ faults, count }: { faults: PatientListChecked['faults']; count: number }) {
  const { t } = useTranslation();
  return (
    <section className="card flush" aria-label={t('people.faults')}>
      <h2 className="flush-title">{t('people.faults')}</h2>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('people.line')}</th>
              <th scope="col">{t('people.what')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ line, code, column, first }, at) => (
              <tr key={at}>
                <td>{formatNumber(line)}</td>
                <td>
                  {column === undefined ? null : <b>{t(`people.column.${column}`)}: </b>}
                  {t(`people.fault.${code}`, { first: first === undefined ? '' : formatNumber(first) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > faults.length ? (
        <p className="card-inside small muted">{t('people.moreFaults', { count: count - faults.length })}</p>
      ) : null}
    </section>
  );
}

/** Lines whose person may be here already, with whom. */
export function ImportKnown({ known, count }: { known: PatientListChecked['known']; count: number }) {
  const { t } = useTranslation();
  return (
    <section className="card flush" aria-label={t('people.known')}>
      <h2 className="flush-title">{t('people.known')}</h2>
      <ul className="rows">
        {known.map(({ line, name, alike }) => (
          <li key={line} className="row wrapping">
            <div className="grow">
              <b>{name}</b>
              <p className="small muted">{t('people.onLine', { line: formatNumber(line) })}</p>
            </div>
            <ul className="small alike-list">
              {alike.map((one) => (
                <li key={one.id}>
                  {[one.name, one.birthDate === undefined ? undefined : formatDate(one.birthDate)]
                    .filter((part) => part !== undefined)
                    .join(', ')}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {count > known.length ? (
        <p className="card-inside small muted">{t('people.moreFaults', { count: count - known.length })}</p>
      ) : null}
    </section>
  );
}
