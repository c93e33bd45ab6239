// The main job over HTTP, against the built server, as a newcomer would do it:
// start, sign up, make a token, make a base and a table, write and read, read
// the API docs, delete the token, stop. Ends non-zero at the first surprise.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const data = mkdtempSync(join(tmpdir(), 'rowgate-job-'));
const env = { ...process.env, ROWGATE_DATA: data, PORT: '0', ROWGATE_HOST: '127.0.0.1' };

const server = spawn(process.execPath, [join(root, 'bin', 'rowgate.mjs'), 'start'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});

const address = new Promise((resolve, reject) => {
  let seen = '';
  server.stdout.on('data', (chunk) => {
    seen += chunk;
    const match = /http:\/\/[^\s]+:\d+/.exec(seen);
    if (match) resolve(match[0]);
  });
  server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${seen}`)));
});

async function ask(method, path, { body, status = 200, ...headers } = {}) {
  const response = await fetch((await address) + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.equal(
    response.status,
    status,
    `${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`,
  );
  return text === '' || !response.headers.get('content-type')?.includes('json') ? text : JSON.parse(text);
}

async function job() {
  await ask('GET', '/readyz');
  const person = { email: 'first@example.org', password: 'a long enough password' };
  const { token: jwt } = await ask('POST', '/api/v2/auth/user/signup', { body: person });
  const session = { 'xc-auth': jwt };
  const { id, token } = await ask('POST', '/api/v1/tokens', {
    body: { description: 'main job' },
    ...session,
  });
  assert.match(token, /^[A-Za-z0-9_-]{40}$/);
  await ask('POST', '/api/v1/tokens', { body: { description: 'one too many' }, status: 422, ...session });

  const program = { 'xc-token': token };
  const base = await ask('POST', '/api/v2/meta/bases/', { body: { title: 'Shop' }, ...program });
  const table = await ask('POST', `/api/v2/meta/bases/${base.id}/tables`, {
    body: {
      title: 'Orders',
      columns: [
        { title: 'Customer', uidt: 'SingleLineText' },
        { title: 'Total', uidt: 'Currency' },
      ],
    },
    ...program,
  });
  const records = `/api/v2/tables/${table.id}/records`;
  assert.deepEqual(
    await ask('POST', records, {
      body: [
        { Customer: 'Ada', Total: 12.5 },
        { Customer: 'Bob', Total: 3 },
      ],
      ...program,
    }),
    [{ Id: 1 }, { Id: 2 }],
  );
  await ask('POST', records, { body: { Customer: 'Eve', Total: 'much' }, status: 422, ...program });
  const page = await ask('GET', `${records}?where=(Total,gt,5)&fields=Customer,Total`, program);
  assert.deepEqual(page.list, [{ Customer: 'Ada', Total: 12.5 }]);
  assert.equal(page.pageInfo.totalRows, 1);
  await ask('PATCH', records, { body: { Id: 2, Customer: 'Bo' }, ...program });
  assert.equal((await ask('GET', `${records}/2`, program)).Customer, 'Bo');
  await ask('DELETE', records, { body: { Id: 2 }, ...program });
  assert.deepEqual(await ask('GET', `${records}/count`, program), { count: 1 });
  assert.equal((await ask('GET', `/api/v1/db/data/noco/Shop/Orders/1`, program)).Customer, 'Ada');

  const document = await ask('GET', `/api/v2/meta/bases/${base.id}/swagger.json`, program);
  assert.equal(document.openapi, '3.1.0');
  assert.ok(document.paths[`/api/v2/tables/${table.id}/records`].get);
  assert.match(await ask('GET', `/api/v2/meta/bases/${base.id}/swagger`), /<!doctype html>/i);

  await ask('DELETE', `/api/v1/tokens/${id}`, session);
  await ask('GET', records, { status: 401, ...program });
  await ask('POST', '/api/v2/auth/user/signout', session);
  await ask('GET', `/api/v2/meta/bases/`, { status: 401, ...session });
}

let failure;
try {
  await job();
} catch (error) {
  failure = error;
}
const ended = new Promise((resolve) => server.on('exit', resolve));
server.kill('SIGTERM');
const code = await ended;
rmSync(data, { recursive: true, force: true });
if (failure !== undefined) throw failure;
assert.equal(code, 0, `the server stopped with ${code}`);
process.stdout.write('the main job works: sign up, token, table, records, docs, revocation, stop\n');
