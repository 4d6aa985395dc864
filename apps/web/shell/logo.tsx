import { memberArcs, TICK } from '../parts/seal-shape.ts';

export function Logo() {
  return (
    <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      <rect width="28" height="28" rx="8" fill="var(--brand)" />
      <g transform="translate(2 2)" fill="none" stroke="var(--on-brand)">
        <path d={memberArcs(4, 8.6).join('')} strokeWidth="2" />
        <path d={TICK} strokeWidth="2.1" strokeLinecap="round" strokeLinejoin="round" />
      </g>
    </svg>
  );
}
