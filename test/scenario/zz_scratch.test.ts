import fc from 'fast-check';
import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { createWorld, mendWorld } from '../support/world.ts';
import { allRoutes } from '../support/openapi.ts';
import { requestsOf } from '../support/randomRequest.ts';
import { sendRandom } from '../support/sendRandom.ts';
test('collect', async () => {
  const world = await createWorld();
  const n = Number(process.env.N ?? 4000);
  const seed = Number(process.env.SEED ?? 1);
  const seen = new Map<string, number>();
  const statuses: Record<string, number> = {};
  const never = new Set(allRoutes.map((r) => r.id));
  let out = '';
  const t = Date.now();
  for (const request of fc.sample(requestsOf(allRoutes), { numRuns: n, seed })) {
    try {
      const s = await sendRandom(world, request);
      statuses[s] = (statuses[s] ?? 0) + 1;
      if (s < 300) never.delete(request.route.id);
    } catch (error) {
      const m = (error as Error).message;
      const key = request.route.id + ' ' + (error as Error).message.split('\n')[0]!.replace(/'.*/,'').slice(0, 60);
      const k2 = /"message":"([^"]{0,80})/.exec(m.split('log ')[1] ?? '')?.[1] ?? '';
      const k = request.route.id + '|' + k2 + (k2 === '' ? key : '');
      seen.set(k, (seen.get(k) ?? 0) + 1);
      if (seen.get(k)! <= 1) out += `\n=== ${k}\n${m.slice(0, 2600)}\n`;
      try { await mendWorld(world, 'none', { headers: {} } as never); } catch (e) { out += `\nMEND ${(e as Error).message}`; }
    }
  }
  out += `\n${Date.now() - t} ms ` + JSON.stringify(statuses) + '\nnever ' + [...never].join(' ') + '\n' + [...seen].map(([k, v]) => `${v} ${k}`).join('\n');
  writeFileSync('/tmp/fuzzout.txt', out);
}, 3_600_000);
