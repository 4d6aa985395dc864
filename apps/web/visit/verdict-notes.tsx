// What the check says of one prescription: warnings by their weight, and, as loud, what was not checked.
import type { Finding, NotChecked } from '@clearchart/care';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import type { Verdict } from './check-medicine.ts';

export function VerdictNotes({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  if (verdict.kind !== 'checked')
    return (
      <div className="verdict contraindicated" role="alert">
        <Icon name="alert" />
        <div>
          <b>{t(`prescribing.check.${verdict.kind}`)}</b>
          <p className="small">{t(`prescribing.check.${verdict.kind}Detail`)}</p>
        </div>
      </div>
    );
  const { findings, notChecked } = verdict;
  const grave = findings.filter(isGrave);
  const lesser = findings.filter((finding) => !isGrave(finding));
  return (
    <>
      <FindingNotes findings={grave.length === 0 ? findings : grave} />
      {grave.length === 0 || lesser.length === 0 ? null : (
        <details className="lesser">
          <summary>{t('visit.lesser', { count: lesser.length })}</summary>
          <FindingNotes findings={lesser} />
        </details>
      )}
      {notChecked.length === 0 ? null : <NotCheckedNote notChecked={notChecked} />}
      {findings.length + notChecked.length > 0 ? null : (
        <span className="tag ok">
          <Icon name="check" />
          {t('prescribing.check.nothing')}
        </span>
      )}
    </>
  );
}

const isGrave = ({ severity }: Finding): boolean => severity === 'contraindicated' || severity === 'serious';

function FindingNotes({ findings }: { findings: readonly Finding[] }) {
  return findings.map((finding) => (
    <FindingNote
      key={[finding.kind, finding.ingredient, finding.other, finding.against, finding.effect].join('|')}
      finding={finding}
    />
  ));
}

function FindingNote({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const { kind, severity, effect, advice, against, source } = finding;
  return (
    <div className={`verdict ${severity}`} role={isGrave(finding) ? 'alert' : 'status'}>
      <Icon name="alert" />
      <div>
        <b>{t(`prescribing.finding.${kind}`, { against: against ?? '' })}</b>
        <p className="small">
          {t(`prescribing.severity.${severity}`)} · {t(`prescribing.effect.${effect}`)}{' '}
          {t(`prescribing.advice.${advice}`)}
        </p>
        <p className="tiny">{t('prescribing.check.source', { source })}</p>
      </div>
    </div>
  );
}

function NotCheckedNote({ notChecked }: { notChecked: readonly NotChecked[] }) {
  const { t } = useTranslation();
  return (
    <div className="verdict not-checked" role="status">
      <Icon name="eye" />
      <div>
        <b>{t('prescribing.check.notChecked')}</b>
        <ul>
          {notChecked.map(({ kind, subject }) => (
            <li key={`${kind} ${subject}`} className="small">
              {t(`prescribing.unchecked.${kind}`, { subject })}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
