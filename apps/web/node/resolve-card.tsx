import type { LedgerResolve } from '@clearchart/api';
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import { useResolve } from './use-network.ts';

export function ResolveCard() {
  const { t } = useTranslation();
  const resolve = useResolve();
  return (
    <section className="card" aria-label={t('node.resolveTitle')}>
      <h2>{t('node.resolveTitle')}</h2>
      <p className="small muted">{t('node.resolveDetail')}</p>
      <div role="status">
        {resolve.data === undefined ? null : <Note tone="ok">{resolvedWords(resolve.data, t)}</Note>}
      </div>
      {resolve.isError ? <Failed error={resolve.error} /> : null}
      <div className="resolve-act">
        <Button size="sm" loading={resolve.isPending} onClick={() => resolve.mutate()}>
          {t('node.resolve')}
        </Button>
      </div>
    </section>
  );
}

function resolvedWords({ asked, height, replaced }: LedgerResolve, t: TFunction): string {
  if (asked === 0) return t('node.resolved.alone');
  return t(replaced ? 'node.resolved.replaced' : 'node.resolved.same', { count: asked, height: formatNumber(height) });
}
