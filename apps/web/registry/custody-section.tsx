// A patient without a device, at the desk: the hospital keeps the key once papers were shown, and what the patient says is written.
import type { RegistryLine } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { takeCustody } from './use-registry.ts';

const CustodyEntriesForm = lazy(async () => ({
  default: (await import('./custody-entries-form.tsx')).CustodyEntriesForm,
}));

/** Nothing for whoever has an account: no key of the own is ever taken back. */
export function CustodySection({ line }: { line: RegistryLine }) {
  const { t } = useTranslation();
  const [taken, setTaken] = useState(line.inCustody);
  const [writing, setWriting] = useState(false);
  if (!taken && line.account !== 'none' && line.account !== 'invited') return null;
  return (
    <section className="dialog-part stack" aria-label={t('custody.title')}>
      <h3>{t('custody.title')}</h3>
      {taken ? (
        <>
          <div>
            <span className="tag warn">
              <Icon name="key" />
              {t('custody.kept')}
            </span>
          </div>
          <p className="small muted">{t('custody.keptDetail', { name: line.name })}</p>
          {writing ? (
            <Suspense fallback={<Loading lines={4} />}>
              <CustodyEntriesForm patientId={line.id} name={line.name} />
            </Suspense>
          ) : (
            <div>
              <Button leftSection={<Icon name="edit" little />} onClick={() => setWriting(true)}>
                {t('custody.write', { name: line.name })}
              </Button>
            </div>
          )}
        </>
      ) : (
        <TakeForm line={line} onTaken={() => setTaken(true)} />
      )}
    </section>
  );
}

const PAPERS_CHARACTERS_AT_MOST = 200;

function TakeForm({ line, onTaken }: { line: RegistryLine; onTaken: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [shown, setShown] = useState('');
  const [tried, setTried] = useState(false);
  const missing = shown.trim() === '';
  const take = useMutation({
    mutationFn: () => takeCustody(line.id, shown.trim()),
    onSuccess: async () => {
      onTaken();
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!missing) take.mutate();
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <Note tone="warn">{t('custody.takeDetail')}</Note>
      <TextInput
        label={t('newKey.papers')}
        description={t('newKey.papersDetail')}
        name="papers"
        autoComplete="off"
        maxLength={PAPERS_CHARACTERS_AT_MOST}
        value={shown}
        error={tried && missing ? t('account.fieldFault.missing') : undefined}
        onChange={(event) => setShown(event.currentTarget.value)}
      />
      {take.isError ? <Failed error={take.error} /> : null}
      <div>
        <Button type="submit" loading={take.isPending}>
          {t('custody.take')}
        </Button>
      </div>
    </form>
  );
}
