// One, two and three instances on one database server: what they answer together,
// and how long it takes until a deleted token is dead on all of them. The latter
// is the time of the call itself: it answers when nobody accepts the token any more.
import { rmSync } from 'node:fs';
import autocannon from 'autocannon';
import { createDatabase } from './databases.mjs';
import { call, children, end, makeTable, startServer } from './server.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const revocations = Number(process.env.BENCH_REVOCATIONS ?? 200);
const engines = (process.env.BENCH_ENGINES ?? 'postgres,mysql').split(',');
const redis = process.env.ROWGATE_TEST_REDIS ?? 'redis://127.0.0.1:6379';
const most = 3;

const figure = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

async function throughput(servers, path, headers) {
  const results = await Promise.all(
    servers.map(({ url }) =>
      autocannon({
        url: url + path,
        headers,
        connections: Math.ceil(24 / servers.length),
        duration: seconds,
      }),
    ),
  );
  return results.reduce((sum, result) => sum + result['2xx'] / result.duration, 0);
}

/** Milliseconds of each deletion, while every instance has just accepted the token. */
async function revoke(servers, auth, path) {
  const times = [];
  for (let n = 0; n < revocations; n += 1) {
    const { id, token } = await call(servers[0].url, 'POST', '/api/v1/tokens', auth, {
      description: `t${n}`,
    });
    for (const { url } of servers) await call(url, 'GET', path, { 'xc-token': token });
    const by = servers[n % servers.length];
    const began = performance.now();
    await call(by.url, 'DELETE', `/api/v1/tokens/${id}`, auth);
    times.push(performance.now() - began);
    for (const { url } of servers) {
      const { status } = await fetch(url + path, { headers: { 'xc-token': token } });
      if (status !== 401 && status !== 429) throw new Error(`a deleted token was answered ${status}`);
    }
  }
  return times;
}

async function measure(engine, withRedis) {
  const database = await createDatabase(engine);
  if (database === undefined) return;
  const settings = {
    NC_DB: database.url,
    NC_AUTH_JWT_SECRET: 'the same secret for all instances of a bench',
    ROWGATE_TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    ROWGATE_TOKENS_PER_USER: '0',
    ROWGATE_LOG_LEVEL: 'error', // refusals are what is measured
    ...(withRedis ? { NC_REDIS_URL: redis } : {}),
  };
  const servers = [];
  try {
    servers.push(await startServer(settings));
    const [{ url }] = servers;
    const person = { email: 'bench@example.org', password: 'bench bench bench' };
    const { token: jwt } = await call(url, 'POST', '/api/v2/auth/user/signup', {}, person);
    const auth = { 'xc-auth': jwt };
    const base = await call(url, 'POST', '/api/v2/meta/bases/', auth, { title: 'Bench' });
    const table = await makeTable(url, auth, base.id, 'rows', 10_000);
    const records = `/api/v2/tables/${table.id}/records`;
    const { token } = await call(url, 'POST', '/api/v1/tokens', auth, { description: 'load' });
    for (let count = 1; count <= most; count += 1) {
      if (servers.length < count) servers.push(await startServer(settings));
      const headers = { 'xc-token': token };
      const one = await throughput(servers, `${records}/4711`, headers);
      const page = await throughput(servers, `${records}?limit=25&offset=50`, headers);
      const times = await revoke(servers, auth, `${records}/1`);
      const [p50, p99] = [0.5, 0.99].map((share) => percentile(times, share).toFixed(1));
      console.log(
        `| ${engine}${withRedis ? ', Redis' : ''} | ${count} | ${figure(one)} | ${figure(page)} | ${p50} | ${p99} |`,
      );
    }
  } finally {
    await Promise.all(children.splice(0).map(end));
    for (const { data } of servers) rmSync(data, { recursive: true, force: true });
    await database.drop();
  }
}

console.log(
  '| database | instances | one record, requests/s | page of 25, requests/s | deletion of a token, p50 ms | p99 ms |',
);
console.log('|---|---|---|---|---|---|');
for (const engine of engines) {
  await measure(engine, false);
  await measure(engine, true);
}
