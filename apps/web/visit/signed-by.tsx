// Who signed what was written, checked by this browser against the key that the ledger holds.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { Icon } from '../parts/icon.tsx';
import { Seal } from '../parts/seal.tsx';
import { takeTurn } from '../proof/turns.ts';
import type { KeptSignature } from './provenance.ts';

const ASK_AGAIN_AFTER_MS = 2_000;

export function SignedBy({ signature }: { signature: KeptSignature | undefined }) {
  const { t } = useTranslation();
  const { provenance } = signature ?? {};
  const { data } = useQuery({
    queryKey: ['check', 'signature', provenance?.id, provenance?.meta?.versionId],
    meta: ONLY_IN_BROWSER,
    enabled: signature !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.data === 'waiting' ? ASK_AGAIN_AFTER_MS : false),
    queryFn: () =>
      takeTurn(async () => {
        const { checkSignature } = await import('./check-signature.ts');
        return signature === undefined ? 'wrong-signature' : await checkSignature(signature);
      }),
  });
  if (signature === undefined)
    return (
      <span className="tag warn">
        <Icon name="edit" />
        {t('visit.signature.none')}
      </span>
    );
  const { name, enteredBy } = signature;
  if (data === 'in-custody') {
    return (
      <span className="tag warn">
        <Icon name="key" />
        {t(enteredBy === undefined ? 'visit.signature.in-custody-nobody' : 'visit.signature.in-custody', {
          name,
          desk: enteredBy,
        })}
      </span>
    );
  }
  if (data === 'verified') return <Seal state="verified">{t('visit.signature.verified', { name })}</Seal>;
  if (data === undefined || data === 'waiting')
    return <Seal state="unchecked">{t('visit.signature.unchecked', { name })}</Seal>;
  return <Seal state="problem">{t(`visit.signature.${data}`, { name })}</Seal>;
}
