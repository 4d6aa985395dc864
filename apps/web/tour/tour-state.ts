/** The step at which the tour stands; undefined when there is none. Kept for the tab, so that a reload does not end it. */
const STORAGE_KEY = 'clearchart.tour-step';

const watchers = new Set<() => void>();
let step: number | undefined = kept();

function kept(): number | undefined {
  try {
    const text = sessionStorage.getItem(STORAGE_KEY);
    return text === null || !/^\d$/.test(text) ? undefined : Number(text);
  } catch {
    return undefined;
  }
}

export const tourStep = (): number | undefined => step;

export function goToStep(next: number | undefined): void {
  step = next;
  try {
    if (next === undefined) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, String(next));
  } catch {
    // A reload then ends the tour.
  }
  for (const changed of watchers) changed();
}

export function watchTour(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
