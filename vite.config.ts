import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the interface into dist/web; the server serves it at `/`. `vite` alone serves it with a running server behind. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true, // a test weighs the first load by it
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What the first screen needs comes in one file instead of some fifty: one round trip, not many.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/user', '/auth', '/jobs', '/api-docs', '/download'].map((path) => [
        path,
        'http://localhost:8080',
      ]),
    ),
  },
});
