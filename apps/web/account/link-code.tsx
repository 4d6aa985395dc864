// A code on its way to the page of another hospital: by a link, or by hand.
import { Button, CopyButton, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';

/** @param address Of the other hospital's page; undefined when this node does not know it. */
export function LinkCode({
  code,
  name,
  address,
  words,
}: {
  code: string;
  name: string;
  address: string | undefined;
  words: string;
}) {
  const { t } = useTranslation();
  // In the fragment, which no browser sends to a server.
  const target = address === undefined ? null : URL.parse(`/account/link#${code}`, address);
  return (
    <div className="stack">
      {target === null ? null : (
        <div>
          <Button
            component="a"
            href={target.href}
            rel="noreferrer"
            variant="filled"
            rightSection={<Icon name="arrow" little />}
          >
            {words}
          </Button>
        </div>
      )}
      <p className="small muted">{t(target === null ? 'linkAccounts.noAddress' : 'linkAccounts.orCopy', { name })}</p>
      <div className="row wrapping">
        <TextInput className="grow" aria-label={t('linkAccounts.code')} readOnly value={code} />
        <CopyButton value={code}>
          {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'account.copied' : 'account.copy')}</Button>}
        </CopyButton>
      </div>
      <p className="small muted">{t('linkAccounts.private')}</p>
    </div>
  );
}
