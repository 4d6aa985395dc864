import { useEffect } from 'react';

/** In a page that the node draws: only now do its buttons answer, and what was pressed before is pressed again (public/drawn-page.js). */
export function useTakenOver(): void {
  useEffect(() => void dispatchEvent(new Event('clearchart-ready')), []);
}
