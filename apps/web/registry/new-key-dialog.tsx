import type { AccountLine, IssuedCode } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { IssuedCodeSlip } from './issued-code-slip.tsx';
import { issueNewKey } from './use-registry.ts';

/** Somebody at the desk has lost password and words: what was shown is written down, and a slip leads to a new key. */
export function NewKeyDialog({ account, onClose }: { account: AccountLine; onClose: () => void }) {
  const { t } = useTranslation();
  const [shownPapers, setShownPapers] = useState('');
  const [tried, setTried] = useState(false);
  const missing = shownPapers.trim() === '';
  const issue = useMutation({ mutationFn: (): Promise<IssuedCode> => issueNewKey(account.id, shownPapers.trim()) });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!missing) issue.mutate();
  }

  return (
    <Dialog onClose={onClose} title={t('newKey.atDesk', { name: account.name })}>
      {issue.data !== undefined ? (
        <IssuedCodeSlip issued={issue.data} name={account.name} />
      ) : (
        <form className="stack" noValidate onSubmit={submit}>
          <Note tone="warn">{t('newKey.deskDetail')}</Note>
          <TextInput
            label={t('newKey.papers')}
            description={t('newKey.papersDetail')}
            name="papers"
            autoComplete="off"
            maxLength={200}
            value={shownPapers}
            error={tried && missing ? t('account.fieldFault.missing') : undefined}
            onChange={(event) => setShownPapers(event.currentTarget.value)}
          />
          {issue.isError ? <Failed error={issue.error} /> : null}
          <Button type="submit" variant="filled" loading={issue.isPending}>
            {t('newKey.issue')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
