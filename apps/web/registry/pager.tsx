import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  /** From 1 on. */
  page: number;
  pages: number;
  setPage: (page: number) => void;
}

/** The page before and the page after. */
export function Pager({ page, pages, setPage }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="sm" disabled={page <= 1} onClick={() => setPage(page - 1)}>
        {t('registry.previous')}
      </Button>
      <Button size="sm" disabled={page >= pages} onClick={() => setPage(page + 1)}>
        {t('registry.next')}
      </Button>
    </>
  );
}
