// Listens for the keys of every page; what they open is loaded then.
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { isTyping, openedBy, singleKeysOn } from './keys.ts';
import { openedNow, show, watchOpened } from './open-palette.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }));

export function PaletteHost() {
  const opened = useSyncExternalStore(watchOpened, openedNow, openedNow);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const next = openedBy({ ...keysOf(event), typing: isTyping(event.target) }, singleKeysOn());
      if (next === undefined) return;
      event.preventDefault();
      show(next);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  if (opened === undefined) return null;
  const close = () => show(undefined);
  return (
    <Suspense fallback={null}>
      {opened === 'palette' ? <Palette onClose={close} /> : <KeySheet onClose={close} />}
    </Suspense>
  );
}

function keysOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey };
}
