// The newest blocks in a row, joined as they are joined by their hashes. New ones step in without sliding the page.
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import './block-ribbon.css';

export interface RibbonBlock {
  height: number;
  entries: number;
  /** A block that is not there yet: what waits for it. */
  waiting?: boolean;
}

const SQUARES_AT_MOST = 6;

export function BlockRibbon({ blocks, current }: { blocks: readonly RibbonBlock[]; current?: number | undefined }) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // The chosen block (else the newest) is in sight, also where the row is wider than the page.
    const shown = list.current?.querySelector('li:has([aria-current])') ?? list.current?.lastElementChild;
    const scroller = list.current?.parentElement;
    if (shown instanceof HTMLElement && scroller !== null && scroller !== undefined)
      scroller.scrollLeft = shown.offsetLeft - scroller.clientWidth / 2;
  }, [blocks, current]);
  return (
    // A region that scrolls sideways must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={t('ribbon.label')}>
      <ol className="block-ribbon" ref={list}>
        {blocks.map((block) => (
          <li key={block.height}>
            {block.waiting ? (
              <span className="block waiting" role="img" aria-label={t('ribbon.waiting', { count: block.entries })}>
                <Squares block={block} />
              </span>
            ) : (
              <Link
                className="block"
                to="/explorer/blocks/$height"
                params={{ height: String(block.height) }}
                aria-current={block.height === current ? 'true' : undefined}
                aria-label={t('ribbon.block', { height: formatNumber(block.height), count: block.entries })}
              >
                <Squares block={block} />
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Squares({ block }: { block: RibbonBlock }) {
  return (
    <>
      {formatNumber(block.height)}
      <i>
        {Array.from({ length: Math.min(block.entries, SQUARES_AT_MOST) }, (_, at) => (
          <b key={at} />
        ))}
        {block.entries > SQUARES_AT_MOST ? (
          <small data-more={`+${formatNumber(block.entries - SQUARES_AT_MOST)}`} />
        ) : null}
      </i>
    </>
  );
}
