import type { NetworkMember } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { useVote } from './use-network.ts';
import { VoteOutcome } from './vote-outcome.tsx';

/** This hospital's vote that a member leaves; the name is typed, since a vote cannot be taken back. */
export function RetireDialog({
  member: { name, organization, isSelf = false },
  onClose,
}: {
  member: Pick<NetworkMember, 'name' | 'organization'> & { isSelf?: boolean };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const vote = useVote();
  const isConfirmed = typed.trim() === name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isConfirmed) vote.mutate({ kind: 'retire', organization });
  }

  return (
    <Dialog onClose={onClose} title={t(isSelf ? 'node.retireSelfTitle' : 'node.retireTitle', { name })}>
      <form className="stack" noValidate onSubmit={submit}>
        <p>{t('node.retireDetail')}</p>
        <VoteOutcome vote={vote} />
        {vote.isSuccess ? (
          <Button onClick={onClose}>{t('account.close')}</Button>
        ) : (
          <>
            <TextInput
              label={t('node.retireType', { name })}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" variant="filled" color="red" disabled={!isConfirmed} loading={vote.isPending}>
              {t('node.retireNow')}
            </Button>
          </>
        )}
      </form>
    </Dialog>
  );
}
