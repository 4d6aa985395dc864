import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: false,
    // The server compresses nothing itself: tools/build-web.ts writes .gz and .br beside each file.
    reportCompressedSize: false,
    // Nothing inline: the content security policy allows no data: scripts, and fonts are fetched only when used.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // By it tools/drawn-pages.ts finds what belongs to a page that the node draws.
    manifest: 'files.json',
    rolldownOptions: {
      output: {
        // Small rules of core/exchange that many pages use, apart from those that need the ledger and its cryptography.
        codeSplitting: {
          groups: [{ name: 'rules', test: /core\/exchange\/(?:calendar-file|dispute-record|equal-json)\.ts$/ }],
        },
      },
    },
    chunkSizeWarningLimit: 700,
  },
});
