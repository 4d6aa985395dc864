// Which chain this browser follows, for paper: with it a receipt is checked elsewhere, and another browser is not led astray.
import { useTranslation } from 'react-i18next';
import { memory } from './pinned-chain.ts';

export function ChainAnchor() {
  const { t } = useTranslation();
  const chainId = memory.pinnedChain();
  if (chainId === undefined) return null;
  const decision = memory.kept(chainId)?.decision;
  return (
    <p className="small muted">
      {t('print.chain')} <code className="break">{chainId}</code>
      {decision === undefined ? null : (
        <>
          <br />
          {t('print.decision')}{' '}
          <code className="break">
            {decision.height}:{decision.hash}
          </code>
        </>
      )}
    </p>
  );
}
