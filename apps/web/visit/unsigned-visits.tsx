// A visit, or a correction of one, that was stored but not signed, because the second step was cut off: it is signed now, as it stands.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import type { Resource } from '../record/fhir.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';
import { correctionReason, correctionWords } from './corrections.ts';
import { resourcesOfVisit } from './send-visit.ts';
import { type Author, signVersions } from './sign-versions.ts';
import { useVisits } from './use-visits.ts';

export function UnsignedVisits({ author }: { author: Author }) {
  const { data } = useVisits(author.patientId);
  const mine = (data ?? []).filter(({ practitioner }) => practitioner?.reference === author.person);
  return mine.map((visit) =>
    visit.signatures.length === 0 ? (
      <Unsigned
        key={visit.encounter.id}
        words={(t) => t('visit.unsigned', { when: formatMoment(visit.at) })}
        versions={() => resourcesOfVisit(visit.encounter, author.patientId)}
        author={author}
      />
    ) : (
      visit.unsignedCorrections.map((correction) => (
        <Unsigned
          key={correction.id}
          words={(t) => t('visit.unsignedCorrection', { when: formatMoment(visit.at) })}
          shown={correctionWords(correction)}
          versions={() => Promise.resolve([correction])}
          reason={correctionReason(correction)}
          author={author}
        />
      ))
    ),
  );
}

interface UnsignedProps {
  words: (t: TFunction) => string;
  /** What is signed, as it stands. */
  shown?: string | undefined;
  versions: () => Promise<readonly Resource[]>;
  /** Why something was corrected. */
  reason?: string | undefined;
  author: Author;
}

function Unsigned({ words, shown, versions, reason, author }: UnsignedProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const keysOpen = useKeysOpen();
  const sign = useMutation({
    mutationFn: async () => signVersions(await versions(), author, reason),
    onSuccess: () => client.invalidateQueries({ queryKey: ['record', author.patientId] }),
  });
  return (
    <div className="stack unsigned">
      <Note tone="warn">{words(t)}</Note>
      {shown === undefined ? null : <p className="visit-text">{shown}</p>}
      {sign.isError ? <Failed error={sign.error} /> : null}
      {keysOpen ? (
        <Button loading={sign.isPending} onClick={() => sign.mutate()}>
          {t('visit.signNow')}
        </Button>
      ) : null}
    </div>
  );
}
