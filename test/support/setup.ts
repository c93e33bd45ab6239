import { afterAll } from 'vitest';
import { leftOpen } from './closing.ts';

/** Before every file of tests: files share a process, and an app that is left open keeps its connections. */
afterAll(async () => {
  for (const open of [...leftOpen]) await open.close();
});
