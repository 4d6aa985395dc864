import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Failed, Loading, Note, State } from '../parts/states.tsx';
import { useTokens, withdrawToken } from './use-registry.ts';

/** Access tokens of programs. They are made on the command line, where their secret is shown once. */
export function TokensTab() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useTokens();
  const withdraw = useMutation({
    mutationFn: withdrawToken,
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <section className="stack" aria-label={t('registry.tab.tokens')}>
      <Note tone="plain">{t('registry.tokensDetail')}</Note>
      <div className="card flush">
        {error !== null ? (
          <div className="card-inside">
            <Failed error={error} retry={() => void refetch()} />
          </div>
        ) : data === undefined ? (
          <div className="card-inside">
            <Loading />
          </div>
        ) : data.length === 0 ? (
          <div className="card-inside">
            <State icon="key" tone="brand" title={t('registry.noTokens')} />
          </div>
        ) : (
          <ul className="rows">
            {data.map((token) => (
              <li key={token.id} className="row wrapping">
                <div className="grow">
                  <b>
                    <code>{token.id}</code>
                  </b>
                  <p className="small muted">
                    {[
                      t(`registry.tokenRole.${token.role}`),
                      token.person,
                      t('registry.tokenMade', { when: formatShortDate(token.createdAt) }),
                      t('registry.codeUntil', { when: formatShortDate(token.expires) }),
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </p>
                </div>
                <Button
                  size="sm"
                  loading={withdraw.isPending && withdraw.variables === token.id}
                  onClick={() => withdraw.mutate(token.id)}
                >
                  {t('registry.withdraw')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
