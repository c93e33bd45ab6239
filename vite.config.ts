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
