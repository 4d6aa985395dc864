import type { LedgerNode } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Seal } from '../parts/seal.tsx';
import { copyWords } from '../proof/freshness-words.ts';
import type { Freshness } from '../proof/head-freshness.ts';

export function HospitalsTable({
  nodes,
  freshness,
}: {
  nodes: readonly LedgerNode[];
  freshness: Freshness | undefined;
}) {
  const { t } = useTranslation();
  return (
    <section className="card flush" aria-label={t('hospitals.list')}>
      <table className="table hospitals">
        <thead>
          <tr>
            <th scope="col">{t('hospitals.column.hospital')}</th>
            <th scope="col" className="not-on-phone">
              {t('hospitals.column.since')}
            </th>
            <th scope="col">{t('hospitals.column.agrees')}</th>
            <th scope="col" className="not-on-phone">
              {t('hospitals.column.block')}
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <Row key={node.organization} node={node} freshness={freshness} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ node, freshness }: { node: LedgerNode; freshness: Freshness | undefined }) {
  const { t } = useTranslation();
  const { address, name, organization, since, standing } = node;
  const head = freshness?.heads.find((one) => one.organization === organization);
  const copy = freshness === undefined ? undefined : copyWords(head, freshness, t);
  return (
    <tr>
      <td>
        <span className="row wrapping" style={{ ['--gap' as string]: '2px 8px' }}>
          <b>{name}</b>
          {standing === 'member' ? null : <span className="tag info">{t(`hospitals.standing.${standing}`)}</span>}
        </span>
        {address === undefined ? (
          <span className="small muted">{t('hospitals.noAddress')}</span>
        ) : (
          <a
            className="small break"
            href={address}
            rel="noreferrer"
            aria-label={t('hospitals.open', { name, address })}
          >
            {address}
          </a>
        )}
      </td>
      <td className="not-on-phone">{since === undefined ? '–' : formatDate(since)}</td>
      <td>{copy === undefined ? '…' : <Seal state={copy.state}>{copy.words}</Seal>}</td>
      <td className="not-on-phone">{head === undefined ? '–' : <Fingerprint value={head.hash} />}</td>
    </tr>
  );
}
