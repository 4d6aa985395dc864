import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { saveFile, saveJson } from '../parts/save-file.ts';
import { Failed } from '../parts/states.tsx';

/** The record as a file for another hospital's software, or on paper. */
export function TakeAwayCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const [share, setShare] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      const { collectRecord } = await import('./collect.ts');
      const bundle = await collectRecord(id, setShare);
      saveJson('clearchart-record.json', bundle);
      return bundle.entry.length;
    },
  });
  const prove = useMutation({
    mutationFn: async () => {
      const { fetchExport } = await import('./fetch-export.ts');
      const fetched = await fetchExport(id, setShare);
      saveFile('clearchart-export.json', fetched.file);
      return fetched;
    },
  });
  const isPending = save.isPending || prove.isPending;
  const failed = save.error ?? prove.error;
  return (
    <section className="card no-print" aria-label={t('takeAway.title')}>
      <div className="card-head">
        <h2>{t('takeAway.title')}</h2>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '12px' }}>
        <p className="small muted">{t('takeAway.detail')}</p>
        {isPending ? <Progress value={share * 100} aria-label={t('takeAway.working')} /> : null}
        {failed === null ? null : <Failed error={failed} />}
        {save.isSuccess ? (
          <p className="small" role="status">
            {t('takeAway.saved', { count: save.data })}
          </p>
        ) : null}
        {prove.isSuccess ? (
          <p className="small" role="status">
            {t('takeAway.proved', { count: prove.data.versions })}{' '}
            {prove.data.waiting > 0 ? t('takeAway.waiting', { count: prove.data.waiting }) : null}{' '}
            <Link to="/verify">{t('takeAway.check')}</Link>
          </p>
        ) : null}
        <div className="actions">
          <Button
            leftSection={<Icon name="download" little />}
            loading={save.isPending}
            disabled={prove.isPending}
            onClick={() => save.mutate()}
          >
            {t('takeAway.file')}
          </Button>
          <Button
            leftSection={<Icon name="check" little />}
            loading={prove.isPending}
            disabled={save.isPending}
            onClick={() => prove.mutate()}
          >
            {t('takeAway.proofs')}
          </Button>
          <Button leftSection={<Icon name="print" little />} onClick={() => print()}>
            {t('takeAway.paper')}
          </Button>
        </div>
        <p className="small muted">{t('takeAway.proofsDetail')}</p>
      </div>
    </section>
  );
}
