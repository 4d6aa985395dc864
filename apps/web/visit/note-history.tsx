// Every version of a note, newest first: what was written before a correction, and why it was corrected.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readFhir } from '../connection/fhir.ts';
import { formatMoment } from '../language/format.ts';
import { Failed, Loading } from '../parts/states.tsx';
import type { Bundle } from '../record/fhir.ts';
import { RecordSeal } from '../record/record-seal.tsx';
import { textOfBase64 } from './visit-resources.ts';
import type { VisitNote } from './visits.ts';

export function NoteHistory({ note }: { note: VisitNote }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['record', 'note-history', note.id, note.meta?.versionId],
    queryFn: ({ signal }) => readFhir<Bundle<VisitNote>>(`DocumentReference/${note.id}/_history`, signal),
  });
  if (error !== null) return <Failed error={error} />;
  if (data === undefined) return <Loading lines={2} />;
  return (
    <ol className="rows note-history">
      {(data.entry ?? []).map(({ resource }) => (
        <li key={resource.meta?.versionId} className="stack">
          <p className="small muted">
            {t('visit.version', { version: resource.meta?.versionId ?? '' })} ·{' '}
            {formatMoment(resource.meta?.lastUpdated ?? '')}
            {resource.description === undefined ? '' : ` · ${t('visit.because', { reason: resource.description })}`}
          </p>
          <p className="visit-text">{textOfBase64(resource.content?.[0]?.attachment?.data)}</p>
          <RecordSeal resource={resource} short />
        </li>
      ))}
    </ol>
  );
}
