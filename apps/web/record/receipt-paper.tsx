// The receipt: what a person keeps. The seal in its head is filled only by this browser's own check.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLedgerStatus } from '../connection/ledger.ts';
import { nameOf } from '../explorer/entry-words.ts';
import { formatMoment, formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { RosetteLines } from '../parts/rosette.tsx';
import { Seal, SealMark } from '../parts/seal.tsx';
import { saveJson } from '../parts/save-file.ts';
import type { RecordCheck } from '../proof/use-record-check.ts';
import type { Resource } from './fhir.ts';
import './receipt.css';

export function ReceiptPaper({ resource, check }: { resource: Resource; check: RecordCheck }) {
  const { t } = useTranslation();
  const { facts } = check;
  const voters = facts?.voters;
  const { data: status } = useLedgerStatus();
  const head = check.state === 'problem' ? 'problem' : facts === undefined ? 'pending' : 'final';
  const version = resource.meta?.versionId ?? '1';
  return (
    <article className="paper" aria-labelledby="receipt-title">
      <div className="paper-head">
        <svg className="paper-rosette" viewBox="-105 -105 210 210" aria-hidden="true">
          <RosetteLines turns={24} />
        </svg>
        <SealMark state={head} members={voters?.members.length ?? 1} size={96} />
        <div style={{ position: 'relative' }}>
          <p>{t('receipt.title')}</p>
          <h2 id="receipt-title">{t(`receipt.head.${head}`)}</h2>
          {facts === undefined ? null : (
            <p style={{ marginTop: 4 }}>
              {voters === undefined ? null : (
                <>
                  {t('receipt.confirmed', { count: voters.voted.length })}
                  <br />
                </>
              )}
              {formatMoment(facts.time)}
            </p>
          )}
        </div>
      </div>
      <dl>
        <dt>{t('receipt.contains')}</dt>
        <dd>
          <b>{t(`receipt.type.${resource.resourceType}`, { defaultValue: resource.resourceType })}</b>
          <br />
          <span className="muted small">{t('receipt.version', { version })}</span>
        </dd>
        {facts === undefined ? null : (
          <>
            <dt>{t('receipt.block')}</dt>
            <dd>
              <Link to="/explorer/blocks/$height" params={{ height: String(facts.height) }}>
                {formatNumber(facts.height)}
              </Link>
            </dd>
            <dt>{t('receipt.fingerprint')}</dt>
            <dd>
              <Fingerprint value={facts.commitment} whole />
            </dd>
            {voters === undefined ? null : (
              <>
                <dt>{t('receipt.confirmedBy')}</dt>
                <dd>
                  <ul className="receipt-voters">
                    {voters.voted.map((organization) => (
                      <li key={organization}>
                        <Icon name="check" little />
                        {nameOf(organization, status?.members ?? [])}
                      </li>
                    ))}
                  </ul>
                </dd>
              </>
            )}
          </>
        )}
      </dl>
      <div className="paper-foot">
        {facts === undefined ? null : <QrCode text={facts.checkUrl} label={t('receipt.qr')} />}
        <div>
          <h3>{t('receipt.check')}</h3>
          <p className="muted">
            {t('receipt.checkDetail')}{' '}
            {facts === undefined ? null : (
              <>
                {t('receipt.chain')} <code>{facts.chainId.slice(0, 8)}</code>.
              </>
            )}
          </p>
          <p style={{ marginTop: 10 }} role="status">
            <Seal state={check.state}>{check.words}</Seal>
          </p>
          {facts === undefined ? null : (
            <div className="actions no-print" style={{ marginTop: 14 }}>
              <Button
                size="sm"
                leftSection={<Icon name="download" little />}
                onClick={() => saveJson('clearchart-receipt.json', facts.receipt)}
              >
                {t('receipt.save')}
              </Button>
              <Button size="sm" leftSection={<Icon name="print" little />} onClick={() => print()}>
                {t('receipt.print')}
              </Button>
            </div>
          )}
        </div>
      </div>
    </article>
  );
}
