import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allRoutes, answerEnds } from '../support/openapi.ts';
import { requestsOf } from '../support/randomRequest.ts';
import { sendRandom } from '../support/sendRandom.ts';
import { testEngine } from '../support/testEngine.ts';
import { canariesOf, createWorld } from '../support/world.ts';

const routes = allRoutes.filter(answerEnds);

/**
 * ROWGATE_INTERNAL_FUZZ_RUNS sends more requests than the suite has time for,
 * ROWGATE_INTERNAL_FUZZ_SEED others. A failure prints its seed.
 */
// Looking at everything in a database after each request takes longer where it is on a server.
const runs = Number(process.env.ROWGATE_INTERNAL_FUZZ_RUNS ?? (testEngine === 'sqlite' ? 3000 : 1000));
const seed = Number(process.env.ROWGATE_INTERNAL_FUZZ_SEED ?? 20_260);

test(
  'random requests at every route are refused in good order, or do what they say',
  async () => {
    const world = await createWorld();
    const secrets = new Set(await canariesOf(world));
    const statuses = new Map<number, number>();
    const reached = new Set<string>();
    const property = fc.asyncProperty(requestsOf(routes), async (request) => {
      const status = await sendRandom(world, request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status < 300) reached.add(request.route.id);
      for (const { jwt } of [world.owner, world.viewer, world.outsider]) secrets.add(jwt);
    });
    await fc.assert(property, { seed, numRuns: runs, endOnFailure: true });

    for (const secret of await canariesOf(world)) secrets.add(secret);
    const logs = world.app.logs.join('');
    expect([...secrets].filter((secret) => logs.includes(secret))).toEqual([]);
    expect(logs).not.toContain('canary-typed-password');
    expect(reached.size).toBeGreaterThan(60);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    const health = await world.app.inject({ method: 'GET', path: '/healthz' });
    expect(health.status).toBe(200);
  },
  60_000 + runs * 200,
);
