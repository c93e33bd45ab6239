import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{columnTypes,vocabulary,server,web,test}/**/*.test.ts'],
    // Modules hold no state of their own, so files may share a process: twelve times faster.
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    // A hang ends in the end; how fast the machine is proves nothing.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env: { TZ: process.env.TZ ?? 'UTC' },
  },
});
