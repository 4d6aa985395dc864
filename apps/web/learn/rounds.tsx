import { sha256Trace } from '@clearchart/crypto';
import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { type PaddingPart, paddingParts } from './padding.ts';

const VARIABLES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const ROUNDS = 64;
const PARTS: readonly PaddingPart[] = ['message', 'one', 'zero', 'length'];

function word(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** The compression of one block, round by round, at the reader's own pace. */
export function Rounds({ text }: { text: string }) {
  const { t } = useTranslation();
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  const trace = useMemo(() => sha256Trace(bytes), [bytes]);
  const parts = useMemo(() => paddingParts(bytes.length), [bytes]);
  const [chosenBlock, setBlock] = useState(0);
  const [round, setRound] = useState(0);
  const at = Math.min(chosenBlock, trace.blocks.length - 1);
  const block = trace.blocks[at];
  if (block === undefined) return null;
  const after = block.rounds[round] ?? block.hash;
  return (
    <section className="card stack" style={{ ['--gap' as string]: '20px' }} aria-labelledby="rounds">
      <div className="row wrapping">
        <h2 id="rounds">{t('learn.steps')}</h2>
        {trace.blocks.length < 2 ? null : (
          <SegmentedControl
            className="end"
            size="sm"
            aria-label={t('learn.block')}
            value={String(at)}
            onChange={(value) => setBlock(Number(value))}
            data={trace.blocks.map((_, index) => ({
              value: String(index),
              label: t('learn.blockNumber', { number: index + 1 }),
            }))}
          />
        )}
      </div>
      <div className="stack" style={{ ['--gap' as string]: '10px' }}>
        <h3>{t('learn.padding')}</h3>
        <p className="small muted">{t('learn.paddingDetail')}</p>
        <div className="bytes" role="img" aria-label={t('learn.paddingLabel', { count: bytes.length })}>
          {[...trace.padded.subarray(at * 64, at * 64 + 64)].map((byte, index) => (
            <span key={index} className={parts[at * 64 + index]}>
              {byte.toString(16).padStart(2, '0')}
            </span>
          ))}
        </div>
        <p className="legend bytes-legend">
          {PARTS.map((part) => (
            <span key={part} className={`tag ${{ message: 'brand', one: 'warn', zero: '', length: 'info' }[part]}`}>
              {t(`learn.part.${part}`)}
            </span>
          ))}
        </p>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '10px' }}>
        <h3>{t('learn.schedule')}</h3>
        <p className="small muted">{t('learn.scheduleDetail')}</p>
        <div
          className="schedule"
          role="img"
          aria-label={t('learn.scheduleLabel', { round: round + 1, word: word(block.schedule[round] ?? 0) })}
        >
          {block.schedule.map((value, index) => (
            <span key={index} className={`${index < 16 ? 'given' : ''}${index === round ? ' current' : ''}`}>
              {word(value)}
            </span>
          ))}
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '10px' }}>
        <h3>{t('learn.round', { round: round + 1 })}</h3>
        <div className="round-bar">
          <Button size="sm" aria-label={t('learn.previous')} disabled={round === 0} onClick={() => setRound(round - 1)}>
            <Icon name="back" little />
          </Button>
          <input
            type="range"
            min={0}
            max={ROUNDS - 1}
            value={round}
            aria-label={t('learn.roundLabel')}
            onChange={(event) => setRound(Number(event.currentTarget.value))}
          />
          <Button
            size="sm"
            aria-label={t('learn.next')}
            disabled={round === ROUNDS - 1}
            onClick={() => setRound(round + 1)}
          >
            <Icon name="arrow" little />
          </Button>
        </div>
        <div className="variables" aria-live="polite">
          {VARIABLES.map((name, index) => (
            <div key={name} className={name === 'a' || name === 'e' ? 'fresh' : undefined}>
              <b>{name}</b>
              <code>{word(after[index] ?? 0)}</code>
            </div>
          ))}
        </div>
        <p className="small muted">
          {/* What was a and e stands one place on: b and f. */}
          {t('learn.roundDetail', { a: word(after[1] ?? 0), e: word(after[5] ?? 0) })}
        </p>
      </div>
      <dl className="pairs">
        <dt>{t('learn.afterBlock', { number: at + 1 })}</dt>
        <dd>
          <Fingerprint value={block.hash.map(word).join('')} whole />
        </dd>
        <dt>{t('learn.result')}</dt>
        <dd>
          <Fingerprint value={(trace.blocks.at(-1)?.hash ?? []).map(word).join('')} whole />
        </dd>
      </dl>
    </section>
  );
}
