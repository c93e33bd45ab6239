import type { TestProject } from 'vitest/node';
import { startEmbedded } from './embeddedPostgres.ts';
import { dropTestDatabases } from './testEngine.ts';

/** Once for a run, before and after the tests on a server. */

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Where the servers are; which engine is meant stays the project's.
  const { ROWGATE_TEST_ENGINE: _, ...env } = project.config.env as Record<string, string>;
  Object.assign(process.env, env);
  const engine = project.name === 'mysql' ? 'mysql' : 'postgres';
  const port = engine === 'postgres' ? process.env.ROWGATE_TEST_EMBEDDED_PORT : undefined;
  const server = port === undefined ? undefined : await startEmbedded(Number(port));
  return async () => {
    await dropTestDatabases(engine);
    await server?.stop();
  };
}
