// What a patient wrote that was stored but not signed, because the second step was cut off: shown, and signed as it stands.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { Failed, Note } from '../parts/states.tsx';
import { unsignedWritings } from '../record/own-writings.ts';
import { useConditions, usePatient, useProvenances } from '../record/use-record.ts';
import { OpenKeys } from '../visit/open-keys.tsx';
import { writtenWords } from './written-words.ts';

/** As many at once as one signature may answer for, with room to spare. */
const SIGNED_AT_ONCE = 100;

export function UnsignedWritings({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const client = useQueryClient();
  const patient = usePatient(patientId);
  const conditions = useConditions(patientId);
  const provenances = useProvenances(patientId);
  const loaded = patient.data !== undefined && conditions.data !== undefined && provenances.data !== undefined;
  const unsigned = loaded
    ? unsignedWritings(patient.data, conditions.data, provenances.data).slice(0, SIGNED_AT_ONCE)
    : [];
  const sign = useMutation({
    mutationFn: async () => {
      const { signVersions } = await import('../visit/sign-versions.ts');
      return signVersions(unsigned, { patientId, person: session?.person ?? '', personName: session?.name ?? '' });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['record', patientId] }),
  });
  if (unsigned.length === 0) return null;
  return (
    <section className="card stack no-print" aria-label={t('own.unsignedTitle')}>
      <Note tone="warn">{t('own.unsigned', { count: unsigned.length })}</Note>
      <ul className="rows">
        {unsigned.map((resource) => (
          <li key={resource.id}>
            <span className="small muted">{t(`own.what.${resource.resourceType}`)}</span> {writtenWords(resource)}
          </li>
        ))}
      </ul>
      {sign.isError ? <Failed error={sign.error} /> : null}
      <div className="actions">
        <OpenKeys>
          <Button variant="filled" loading={sign.isPending} onClick={() => sign.mutate()}>
            {t('visit.signNow')}
          </Button>
        </OpenKeys>
      </div>
    </section>
  );
}
