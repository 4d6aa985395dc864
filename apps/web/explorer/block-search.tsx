import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { Icon } from '../parts/icon.tsx';

/** Finds a block by its number, or by the fingerprint of an entry in it. */
export function BlockSearch({ newest }: { newest: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();

  const show = (height: number) => navigate({ to: '/explorer/blocks/$height', params: { height: String(height) } });

  async function find(event: FormEvent) {
    event.preventDefault();
    const wanted = text.replace(/[\s,.·]/g, '').toLowerCase();
    setFault(undefined);
    if (/^\d{1,15}$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= newest) return show(Number(wanted));
    if (!/^[0-9a-f]{64}$/.test(wanted)) return setFault(t('explorer.searchShape', { newest }));
    try {
      const found = await getJson(`/api/ledger/transactions/${wanted}`, (shapes) => shapes.ledgerTransactionSchema);
      if (found.blockHeight !== undefined) return await show(found.blockHeight);
      setFault(t('explorer.searchWaiting'));
    } catch {
      setFault(t('explorer.searchNothing'));
    }
  }

  return (
    <form className="block-search end" role="search" onSubmit={(event) => void find(event)}>
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        aria-label={t('explorer.search')}
        placeholder={t('explorer.searchPlaceholder')}
        leftSection={<Icon name="search" />}
        error={fault}
      />
    </form>
  );
}
