// The seal of one record version: this browser checks it as soon as it comes into view, and one click shows the proof.
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Seal } from '../parts/seal.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import type { Resource } from './fhir.ts';

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
    </Link>
  );
}
