// Loads the built server and the floor in alternation and prints a table of
// ratios. Absolute figures depend on the machine and the minute; the ratio of
// two loads in the same run does not, much.
import { rmSync } from 'node:fs';
import autocannon from 'autocannon';
import { createDatabase } from './databases.mjs';
import {
  call,
  children,
  end,
  groups,
  makeRow,
  makeTable,
  residentMb,
  startFloor,
  startServer,
} from './server.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = (process.env.BENCH_ROWS ?? '1000,1000000').split(',').map(Number);
const only = process.env.BENCH_ONLY;
const engines = (process.env.BENCH_ENGINES ?? 'sqlite,postgres,mysql').split(',');
const connections = 16;

const spread = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** Requests of each workload: what the server and what the floor is asked. */
function workloads(table, index) {
  const records = `/api/v2/tables/${table.id}/records`;
  const ids = spread(200, (i) => 1 + ((i * 7919) % table.rows));
  const pages = spread(20, (i) => (i * 25) % Math.max(25, table.rows - 25));
  const deep = table.rows - 500;
  const one = JSON.stringify(makeRow(7));
  const thousand = JSON.stringify(spread(1000, makeRow));
  const filter = (group) => `${records}?where=(Group,eq,${group})&sort=-Amount&limit=25`;
  const get = (ours, floors) => ({
    ours: ours.map((path) => ({ path })),
    floors: floors.map((path) => ({ path })),
  });
  const post = (body) => ({
    ours: [{ method: 'POST', path: records, body }],
    floors: [{ method: 'POST', path: `/${index}/insert`, body }],
  });
  return {
    'one record by key': get(
      ids.map((id) => `${records}/${id}`),
      ids.map((id) => `/${index}/record/${id}`),
    ),
    'page of 25': get(
      pages.map((offset) => `${records}?limit=25&offset=${offset}`),
      pages.map((offset) => `/${index}/page/25/${offset}`),
    ),
    'filtered, sorted page of 25': get(
      groups.map(filter),
      groups.map((g) => `/${index}/filtered/${g}/25`),
    ),
    'deep page of 25': get([`${records}?limit=25&offset=${deep}`], [`/${index}/page/25/${deep}`]),
    count: get([`${records}/count`], [`/${index}/count`]),
    'insert of one': post(one),
    'insert of 1,000': post(thousand),
  };
}

/** Slow workloads get fewer connections and more time, so that both sides answer often enough to compare. */
function load(url, requests, headers, slow) {
  return autocannon({
    url,
    connections: slow ? 4 : connections,
    duration: slow ? seconds * 4 : seconds,
    requests: requests.map((request) => ({
      headers: { 'content-type': 'application/json', ...headers },
      ...request,
    })),
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(sides, requests, slow) {
  const runs = { ours: [], floors: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['ours', 'floors'] : ['floors', 'ours'];
    for (const side of order) {
      const result = await load(sides[side].url, requests[side], sides[side].headers, slow);
      if (result.non2xx > 0 || result.errors > 0)
        throw new Error(`${side}: ${result.non2xx} refusals, ${result.errors} errors`);
      runs[side].push({
        rps: result['2xx'] / result.duration,
        p50: result.latency.p50,
        p99: result.latency.p99,
      });
    }
  }
  const pick = (side, figure) => median(runs[side].map((run) => run[figure]));
  const ratios = runs.ours.map((run, i) => run.rps / runs.floors[i].rps);
  return {
    rps: pick('ours', 'rps'),
    p50: pick('ours', 'p50'),
    p99: pick('ours', 'p99'),
    floor: pick('floors', 'rps'),
    ratio: median(ratios),
  };
}

const figure = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));

async function measureEngine(engine, database) {
  const server = await startServer(database.url === undefined ? {} : { NC_DB: database.url });
  const { token: jwt } = await call(
    server.url,
    'POST',
    '/api/v2/auth/user/signup',
    {},
    { email: 'bench@example.org', password: 'bench bench bench' },
  );
  const { token } = await call(
    server.url,
    'POST',
    '/api/v1/tokens',
    { 'xc-auth': jwt },
    { description: 'bench' },
  );
  const auth = { 'xc-token': token };
  const base = await call(server.url, 'POST', '/api/v2/meta/bases/', auth, { title: 'Bench' });
  const tables = [];
  for (const rows of sizes) tables.push(await makeTable(server.url, auth, base.id, `rows ${rows}`, rows));
  const floorUrl = await startFloor(engine, server, database.url, tables);
  const sides = { ours: { url: server.url, headers: auth }, floors: { url: floorUrl, headers: {} } };

  console.log(`\n## ${engine}\n\nstart to first answer: ${Math.round(server.startMs)} ms`);
  for (const table of tables)
    console.log(
      `loaded ${table.rows.toLocaleString('en')} rows by API calls of 5,000: ${figure((table.rows / table.loadMs) * 1000)} rows/s`,
    );
  console.log(
    `\n| rows | workload | requests/s | p50 ms | p99 ms | floor requests/s | ratio |\n|---|---|---|---|---|---|---|`,
  );
  let peak = 0;
  for (const [index, table] of tables.entries()) {
    for (const [name, requests] of Object.entries(workloads(table, index))) {
      if (only !== undefined && !name.includes(only)) continue;
      const slow = table.rows > 100_000 && /filtered|deep/.test(name);
      const result = await measure(sides, requests, slow);
      peak = Math.max(peak, residentMb(server.pid));
      console.log(
        `| ${table.rows.toLocaleString('en')} | ${name} | ${figure(result.rps)} | ${result.p50} | ${result.p99} | ${figure(result.floor)} | ${result.ratio.toFixed(2)} |`,
      );
    }
  }
  console.log(`\nresident memory of the server, highest seen after a load: ${peak} MB`);
  return server.data;
}

async function main(engine) {
  const database = await createDatabase(engine);
  if (database === undefined) return;
  let data;
  try {
    data = await measureEngine(engine, database);
  } finally {
    await Promise.all(children.splice(0).map(end));
    if (data !== undefined) rmSync(data, { recursive: true, force: true });
    await database.drop();
  }
}

for (const engine of engines) await main(engine);
