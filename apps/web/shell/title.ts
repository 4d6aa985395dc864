import { useEffect } from 'react';

/** Names the page in the browser's tab: never a person, so that a history list tells nothing. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Clearchart`;
  }, [title]);
}
