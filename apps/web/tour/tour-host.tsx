import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useDemoPeople } from '../connection/demo.ts';
import { tourStep, watchTour } from './tour-state.ts';

const TourCard = lazy(async () => ({ default: (await import('./tour-card.tsx')).TourCard }));

export function TourHost() {
  const step = useSyncExternalStore(watchTour, tourStep, () => undefined);
  const people = useDemoPeople();
  if (step === undefined || people === undefined) return null;
  return (
    <Suspense fallback={null}>
      <TourCard step={step} people={people} />
    </Suspense>
  );
}
