import type { ReactNode } from 'react';
import './how-far.css';

/** A bar with its words: so many of so many. */
export function HowFar({ done, of, children }: { done: number; of: number; children: ReactNode }) {
  return (
    <div className="how-far">
      <p className="small">{children}</p>
      <div className="how-far-bar" aria-hidden="true">
        <span style={{ inlineSize: `${of === 0 ? 100 : (100 * done) / of}%` }} />
      </div>
    </div>
  );
}
