// Runs before the first paint, so that a dark page never flashes white; the key and values are Mantine's.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  function show() {
    let chosen = 'auto';
    try {
      chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
    } catch {
      // Storage may be forbidden; the system's choice is then the right one.
    }
    const dark = chosen === 'dark' || (chosen !== 'light' && system.matches);
    document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  }
  show();
  // The first page is read before the app is there to follow the system.
  system.addEventListener('change', show);
})();
