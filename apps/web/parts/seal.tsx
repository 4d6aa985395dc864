// The seal: its shape says the state, the word beside it says it again. Only code in ../proof may pass "verified".
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './seal.css';
import { BROKEN, RING_RADIUS, ROSETTE, ringParts, TICK } from './seal-shape.ts';

export type SealState = 'sealed' | 'pending' | 'final' | 'verified' | 'problem' | 'unchecked';

interface Ring {
  state: SealState;
  /** Member hospitals of the ledger, and how many have confirmed. */
  members?: number;
  confirmed?: number;
}

interface SealMarkProps extends Ring {
  size?: 20 | 28 | 56 | 96;
  /** The colour behind a filled rosette, for its tick. */
  ground?: string;
}

const tick = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** The mark alone; it is decoration, so a word must stand beside it. */
export function SealMark({ state, members = 1, confirmed = 0, size = 20, ground = 'var(--surface)' }: SealMarkProps) {
  return (
    <svg className={`seal-mark ${state}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <Shape state={state} members={members} confirmed={confirmed} ground={ground} />
    </svg>
  );
}

function Shape({ state, members, confirmed, ground }: Required<Omit<SealMarkProps, 'size'>>) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2.2 };
  switch (state) {
    case 'sealed':
      return (
        <>
          <circle cx="12" cy="12" r={RING_RADIUS} fill="none" stroke="currentColor" strokeWidth="1.6" />
          <rect x="8" y="11" width="8" height="6" rx="1.3" fill="currentColor" />
          <path d="M9.7 11V9.500a2.300 2.300 0 0 1 4.600 0V11" fill="none" stroke="currentColor" strokeWidth="1.6" />
        </>
      );
    case 'pending': {
      const { drawn, faint } = ringParts(members, confirmed);
      return (
        <>
          {drawn.map((path) => (
            <path key={path} d={path} {...line} className="seal-arc" pathLength={100} />
          ))}
          <path d={faint.join('')} {...line} opacity=".28" />
          <path d="M7.8 12v.01M12 12v.01M16.2 12v.01" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
        </>
      );
    }
    case 'final':
      return (
        <>
          {ringParts(members, members).drawn.map((path) => (
            <path key={path} d={path} {...line} className="seal-arc" pathLength={100} />
          ))}
          <path d={TICK} stroke="currentColor" strokeWidth="2.2" {...tick} />
        </>
      );
    case 'verified':
      return (
        <>
          <path d={ROSETTE} fill="currentColor" />
          <path d={TICK} stroke={ground} strokeWidth="2.4" {...tick} />
        </>
      );
    case 'problem':
      return (
        <>
          <path d={BROKEN.ring + BROKEN.loose} {...line} />
          <path d="M12 7.3v5.9M12 16.6v.01" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
        </>
      );
    case 'unchecked':
      return (
        <>
          <circle
            cx="12"
            cy="12"
            r={RING_RADIUS}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeDasharray="2.6 2.58"
          />
          <path
            d="M9.600 9.800a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.200.9-1.200 1.800M12 16.600v.01"
            stroke="currentColor"
            strokeWidth="2"
            {...tick}
          />
        </>
      );
  }
}

/** Mark and word together. Without children the state's own words stand there. */
export function Seal({ size = 20, children, ground, ...ring }: SealMarkProps & { children?: ReactNode }) {
  const words = useSealWords(ring);
  return (
    <span className={`seal ${ring.state}`}>
      <SealMark {...ring} size={size} {...(ground === undefined ? {} : { ground })} />
      <span>{children ?? words}</span>
    </span>
  );
}

function useSealWords({ state, members = 1, confirmed = 0 }: Ring): string {
  const { t } = useTranslation();
  switch (state) {
    case 'sealed':
      return t('seal.sealed');
    case 'pending':
      return members === 1 ? t('seal.pendingHere') : t('seal.pending', { confirmed, members });
    case 'final':
      if (members === 1) return t('seal.final');
      // Only hospitals whose votes were counted here are named.
      return confirmed === 0 ? t('seal.finalOnly') : t('seal.finalOf', { count: confirmed, members });
    case 'verified':
      return t('seal.verified');
    case 'problem':
      return t('seal.problem');
    case 'unchecked':
      return t('seal.unchecked');
  }
}
