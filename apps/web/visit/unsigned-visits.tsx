// A visit that was stored but not signed, because the second step was cut off: it is signed now, as it stands.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import { useKeysOpen } from '../session/use-keys-open.ts';
import { resourcesOfVisit } from './send-visit.ts';
import { type Author, signVersions } from './sign-versions.ts';
import { useVisits } from './use-visits.ts';
import type { Visit } from './visits.ts';

export function UnsignedVisits({ author }: { author: Author }) {
  const { data } = useVisits(author.patientId);
  const mine = (data ?? []).filter(
    ({ signatures, practitioner }) => signatures.length === 0 && practitioner?.reference === author.practitioner,
  );
  return mine.map((visit) => <UnsignedVisit key={visit.encounter.id} visit={visit} author={author} />);
}

function UnsignedVisit({ visit, author }: { visit: Visit; author: Author }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const keysOpen = useKeysOpen();
  const sign = useMutation({
    mutationFn: async () => signVersions(await resourcesOfVisit(visit.encounter, author.patientId), author),
    onSuccess: () => client.invalidateQueries({ queryKey: ['record', author.patientId] }),
  });
  return (
    <div className="stack unsigned">
      <Note tone="warn">{t('visit.unsigned', { when: formatMoment(visit.at) })}</Note>
      {sign.isError ? <Failed error={sign.error} /> : null}
      {keysOpen ? (
        <Button loading={sign.isPending} onClick={() => sign.mutate()}>
          {t('visit.signNow')}
        </Button>
      ) : null}
    </div>
  );
}
