import { defineConfig } from 'vitest/config';
import { findServers, isWanted } from './test/support/findServers.ts';

const everything = ['{columnTypes,vocabulary,server,web,test}/**/*.test.ts'];
/** What is run again on every database server; the rest is about code that knows no engine, or about SQLite. */
const onServers = ['test/{contract,scenario,cluster}/**/*.test.ts', 'server/{db/meta,cluster}/**/*.test.ts'];

export default defineConfig(async () => ({
  test: {
    // Modules hold no state of their own, so files may share a process: twelve times faster.
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    // A hang ends in the end; how fast the machine is proves nothing.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env: { TZ: process.env.TZ ?? 'UTC' },
    setupFiles: ['./test/support/setup.ts'],
    projects: [
      ...(isWanted('sqlite')
        ? [
            {
              extends: true as const,
              test: {
                name: 'sqlite',
                include: everything,
                env: { ROWGATE_TEST_ENGINE: process.env.ROWGATE_TEST_ENGINE ?? 'sqlite' },
              },
            },
          ]
        : []),
      ...(await findServers()).map(({ engine, env }) => ({
        extends: true as const,
        test: {
          name: engine,
          include: onServers,
          env: { ...env, ROWGATE_TEST_ENGINE: engine },
          globalSetup: ['./test/support/globalServers.ts'],
        },
      })),
    ],
  },
}));
