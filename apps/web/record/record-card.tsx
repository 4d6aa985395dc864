// The frame every part of a record stands in.
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePrinting } from '../print/use-printing.ts';
import { Failed, Loading } from '../parts/states.tsx';
import './record.css';

interface CardProps<Data> {
  query: UseQueryResult<Data>;
  title: string;
  tag?: (data: Data) => string | undefined;
  lines?: number;
  /** At the end of the heading. */
  end?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A card with its own loading and failure, so that one slow answer never empties the page. */
export function RecordCard<Data>({ query, title, tag, lines = 3, end, children }: CardProps<Data>) {
  const words = query.data === undefined ? undefined : tag?.(query.data);
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        {words === undefined ? null : <span className="tag brand">{words}</span>}
        {end}
      </div>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.error === null ? (
        <Loading lines={lines} />
      ) : (
        <Failed error={query.error} retry={() => void query.refetch()} />
      )}
    </section>
  );
}

/** Shows the first few, then all on request. */
export function Folded<Item>({
  items,
  first,
  children,
}: {
  items: readonly Item[];
  first: number;
  children: (items: readonly Item[]) => ReactNode;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  return (
    <>
      {children(all || printing ? items : items.slice(0, first))}
      {items.length <= first ? null : (
        <Button variant="subtle" size="sm" className="fold no-print" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('record.fewer') : t('record.all', { count: items.length })}
        </Button>
      )}
    </>
  );
}
