// Builds the server into dist/: one bundle, its workers, and the files it serves.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { build as buildWeb } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'server/main.ts',
    sqliteWorker: 'server/db/engines/sqliteWorker.ts',
    xlsxWorker: 'server/imports/xlsxWorker.ts',
  },
  outdir: out,
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22.14',
  sourcemap: 'linked',
  // Packages with native parts stay outside the bundle.
  external: ['better-sqlite3', '@node-rs/argon2'],
  banner: {
    // Bundled CommonJS packages ask for require.
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// The API docs page: Swagger UI's files and our own.
for (const from of ['node_modules/@fastify/swagger-ui/static', 'server/api/openapi/page']) {
  cpSync(join(root, from), join(out, 'swagger'), { recursive: true });
}

// The interface.
await buildWeb({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
