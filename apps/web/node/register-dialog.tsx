import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Note } from '../parts/states.tsx';
import { useVote } from './use-network.ts';
import { VoteOutcome } from './vote-outcome.tsx';

interface Candidate {
  organization: string;
  name: string;
  address?: string | undefined;
  publicKey?: string | undefined;
}

/** This hospital's vote that another becomes a member, once its key was compared on another way. */
export function RegisterDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation();
  const [compared, setCompared] = useState(false);
  const vote = useVote();
  const { address, name, organization, publicKey } = candidate;
  return (
    <Dialog onClose={onClose} title={t('node.registerTitle', { name })}>
      <div className="stack">
        <p>{t('node.registerDetail')}</p>
        <dl className="pairs vote-facts">
          <dt>{t('node.facts.name')}</dt>
          <dd>{name}</dd>
          <dt>{t('node.facts.id')}</dt>
          <dd>
            <Fingerprint value={organization} whole />
          </dd>
          {address === undefined ? null : (
            <>
              <dt>{t('node.facts.address')}</dt>
              <dd>{address}</dd>
            </>
          )}
          {publicKey === undefined ? null : (
            <>
              <dt>{t('node.facts.key')}</dt>
              <dd>
                <Fingerprint value={publicKey} whole />
              </dd>
            </>
          )}
        </dl>
        <Note tone="plain">{t('node.registerCheck')}</Note>
        <VoteOutcome vote={vote} />
        {vote.isSuccess ? (
          <Button onClick={onClose}>{t('account.close')}</Button>
        ) : (
          <>
            <Checkbox
              checked={compared}
              onChange={(event) => setCompared(event.currentTarget.checked)}
              label={t('node.registerCheckedLabel')}
            />
            <Button
              variant="filled"
              disabled={!compared}
              loading={vote.isPending}
              onClick={() => vote.mutate({ kind: 'admit', organization })}
            >
              {t('node.registerNow')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
