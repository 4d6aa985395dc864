// All the script of a drawn page until the reader does something: the app is heavy, and text is read without it.
(() => {
  const INTEREST = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'wheel'];
  /** From the first frame with everything in it. */
  const SEEN_MS = 500;
  /** Marks a button that was pressed before the app was there. */
  const PRESSED = 'data-pressed';
  const link = document.querySelector('link[data-app]');
  const app = link.href;
  /** Milliseconds; a page whose facts change, or are to be checked, does not wait for ever. */
  const beginsAfter = Number(link.dataset.app);

  /** The app would draw otherwise than the node did: it comes at once, over an empty page. */
  function drawsOtherwise() {
    try {
      const language = localStorage.getItem('clearchart.language') ?? document.documentElement.lang;
      const scheme = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
      const size = localStorage.getItem('clearchart.text-size') ?? 'usual';
      const inTour = sessionStorage.getItem('clearchart.tour-step') !== null;
      return language !== document.documentElement.lang || scheme !== 'auto' || size !== 'usual' || inTour;
    } catch {
      return false;
    }
  }

  let begun = false;

  function begin() {
    if (begun) return;
    begun = true;
    for (const kind of INTEREST) removeEventListener(kind, begin, true);
    void import(app);
  }

  /**
   * Links work as links do: while the app takes over, one that it followed itself could lead nowhere. A button waits for the app, and is
   * pressed again once it is there.
   */
  function pressedEarly(event) {
    if (event.target.closest?.('#root a[href]')) event.stopPropagation();
    event.target.closest?.('#root button')?.setAttribute(PRESSED, '');
  }

  if (drawsOtherwise()) {
    document.getElementById('root').replaceChildren();
    void import(app);
    return;
  }
  /** Quietly, and only once what is read has been seen. */
  function fetchApp() {
    for (const needed of document.querySelectorAll('link[rel=later]')) needed.rel = 'prefetch';
  }

  addEventListener('load', () => requestAnimationFrame(() => setTimeout(fetchApp, SEEN_MS)));
  for (const kind of INTEREST) addEventListener(kind, begin, { capture: true, passive: true });
  if (beginsAfter > 0) setTimeout(begin, beginsAfter);
  addEventListener('click', pressedEarly, true);
  addEventListener(
    'clearchart-ready',
    () => {
      removeEventListener('click', pressedEarly, true);
      document.querySelector(`[${PRESSED}]`)?.click();
    },
    { once: true },
  );
})();
