import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { saveJson } from '../parts/save-file.ts';
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
  return (
    <section className="card no-print" aria-label={t('takeAway.title')}>
      <div className="card-head">
        <h2>{t('takeAway.title')}</h2>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '12px' }}>
        <p className="small muted">{t('takeAway.detail')}</p>
        {save.isPending ? <Progress value={share * 100} aria-label={t('takeAway.working')} /> : null}
        {save.isError ? <Failed error={save.error} /> : null}
        {save.isSuccess ? (
          <p className="small" role="status">
            {t('takeAway.saved', { count: save.data })}
          </p>
        ) : null}
        <div className="actions">
          <Button leftSection={<Icon name="download" little />} loading={save.isPending} onClick={() => save.mutate()}>
            {t('takeAway.file')}
          </Button>
          <Button leftSection={<Icon name="print" little />} onClick={() => print()}>
            {t('takeAway.paper')}
          </Button>
        </div>
      </div>
    </section>
  );
}
