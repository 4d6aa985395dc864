// The seal of one record version: this browser checks it as soon as it comes into view, and one click shows the proof.
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Seal } from '../parts/seal.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import type { Resource } from './fhir.ts';
import { disputeOfRecord, patientIdOf, useRecordDisputes } from './record-disputes.ts';

function useInView() {
  const element = useRef<HTMLAnchorElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || seen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [seen]);
  return { element, seen };
}

export function RecordSeal({ resource, short = false }: { resource: Resource; short?: boolean }) {
  const { t } = useTranslation();
  const { element, seen } = useInView();
  const check = useRecordCheck(resource, seen);
  const written = resource.meta?.lastUpdated;
  const words = short || written === undefined ? check.words : `${check.words} · ${formatShortDate(written)}`;
  return (
    <Link
      ref={element}
      className="record-seal"
      to="/receipts/$type/$id/$version"
      params={{ type: resource.resourceType, id: resource.id, version: resource.meta?.versionId ?? '1' }}
      title={t('record.toReceipt')}
    >
      <Seal state={check.state}>{words}</Seal>
      <DisputeMark resource={resource} />
    </Link>
  );
}

/** What the patient says about the record is never further away than its seal. */
function DisputeMark({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const patient = patientIdOf(resource);
  const { data } = useRecordDisputes(patient === undefined ? undefined : `patient=${encodeURIComponent(patient)}`);
  const dispute = disputeOfRecord(resource, data ?? []);
  if (dispute === undefined) return null;
  return (
    <span className={dispute.state === 'open' ? 'tag warn' : 'tag'}>
      {t(dispute.answer === undefined ? 'wrong.mark.open' : `wrong.mark.${dispute.answer.outcome}`)}
    </span>
  );
}
