// After the hand-over: everything that the desk wrote and signed in custody, item by item. It stays until the patient has said either.
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFhir } from '../connection/fhir.ts';
import { useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import type { Resource } from '../record/fhir.ts';
import { disputeVersion, WORDS_AT_MOST } from '../record/record-disputes.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';
import { OpenKeys } from '../visit/open-keys.tsx';
import type { CustodyItem } from './custody-items.ts';
import { useCustodyItems } from './use-custody-items.ts';
import { writtenWords } from './written-words.ts';

export function CustodyReview({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { items, error, retry } = useCustodyItems(patientId);
  if (items.length === 0 && error === null) return null;
  if (error !== null) {
    return (
      <section className="card no-print" aria-label={t('custody.review')}>
        <Failed error={error} retry={retry} />
      </section>
    );
  }
  return (
    <section className="card stack no-print" aria-label={t('custody.review')}>
      <h2>{t('custody.review')}</h2>
      <Note tone="warn">{t('custody.reviewDetail', { count: items.length })}</Note>
      <ul className="rows">
        {items.map((item) => (
          <Item key={`${item.type}/${item.id}/${item.version}`} item={item} patientId={patientId} />
        ))}
      </ul>
      <div>
        <OpenKeys>{null}</OpenKeys>
      </div>
      <p className="small muted">{t('custody.later')}</p>
    </section>
  );
}

function Item({ item, patientId }: { item: CustodyItem; patientId: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const client = useQueryClient();
  const keysOpen = useKeysOpen();
  const [disputing, setDisputing] = useState(false);
  const { type, id, version, desk, when } = item;
  const written = useQuery({
    queryKey: ['record', patientId, 'version', type, id, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => readFhir<Resource>(`${type}/${id}/_history/${version}`, signal),
  });
  const confirm = useMutation({
    mutationFn: async (resource: Resource) => {
      const { signVersions } = await import('../visit/sign-versions.ts');
      return signVersions([resource], { patientId, person: session?.person ?? '', personName: session?.name ?? '' });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['record', patientId] }),
  });
  return (
    <li className="stack" style={{ ['--gap' as string]: '6px' }}>
      <div>
        <span className="small muted">{t(`own.what.${type}`)}</span>{' '}
        {written.data === undefined ? null : <b>{writtenWords(written.data)}</b>}
      </div>
      <p className="small muted">
        {t('custody.by', {
          desk: desk ?? t('visit.signature.nobody'),
          when: when === undefined ? '' : formatMoment(Date.parse(when)),
        })}
      </p>
      {written.isError ? <Failed error={written.error} retry={() => void written.refetch()} /> : null}
      {written.isPending ? <Loading lines={1} /> : null}
      {confirm.isError ? <Failed error={confirm.error} /> : null}
      {written.data === undefined ? null : (
        <div className="actions">
          <Button
            size="sm"
            variant="filled"
            disabled={!keysOpen}
            loading={confirm.isPending || confirm.isSuccess}
            onClick={() => confirm.mutate(written.data)}
          >
            {t('custody.mine')}
          </Button>
          <Button size="sm" disabled={confirm.isPending || confirm.isSuccess} onClick={() => setDisputing(true)}>
            {t('custody.notMine')}
          </Button>
        </div>
      )}
      {disputing ? <NotMine item={item} onClose={() => setDisputing(false)} /> : null}
    </li>
  );
}

/** A dispute of the record (C40): whoever treats the patient must answer it. */
function NotMine({ item: { type, id, version }, onClose }: { item: CustodyItem; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [words, setWords] = useState(t('custody.notMineWords'));
  const say = useMutation({
    mutationFn: () => disputeVersion(type, id, version, words),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['record-disputes'] });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t('custody.notMine')}>
      <div className="stack">
        <p className="small muted">{t('custody.notMineDetail')}</p>
        <Textarea
          label={t('wrong.words')}
          autosize
          minRows={2}
          maxLength={WORDS_AT_MOST}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {say.isError ? <Failed error={say.error} /> : null}
        <div className="actions">
          <Button variant="filled" disabled={words.trim() === ''} loading={say.isPending} onClick={() => say.mutate()}>
            {t('wrong.say')}
          </Button>
          <Button onClick={onClose}>{t('dispute.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
