import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rightParameters } from '../support/badRequests.ts';
import { exchange, expectRefused, firstResponse, openRaw } from '../support/rawHttp.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let address: string;
beforeAll(async () => {
  world = await createWorld();
  address = await world.app.listen();
});
afterAll(() => world.watcher.close());

const host = 'host: x\r\n';
const auth = (): string => `xc-auth: ${world.owner.jwt}\r\n`;
const records = (): string => `/api/v2/tables/${world.mine.tableId}/records`;
const importPath = (): string => `/api/v2/meta/bases/${world.mine.baseId}/import?name=a.csv`;
const uploads = () => readdir(join(world.app.folder, 'imports'));

async function expectAlive(): Promise<void> {
  const text = await exchange(address, `GET /healthz HTTP/1.1\r\n${host}connection: close\r\n\r\n`);
  expect(firstResponse(text).status).toBe(200);
}

describe('bytes that are no HTTP', () => {
  const broken: [string, string | Uint8Array][] = [
    ['noise', 'hello\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100a50100', 'hex')],
    ['binary noise', Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 37) % 256))],
    ['a strange version', `GET / HTTP/9.9\r\n${host}\r\n`],
    ['an unknown method', `BREW / HTTP/1.1\r\n${host}\r\n`],
    ['a NUL in the address', `GET /a\0b HTTP/1.1\r\n${host}\r\n`],
    ['a blank in a header name', `GET / HTTP/1.1\r\nx y: 1\r\n${host}\r\n`],
    ['a NUL in a header', `GET / HTTP/1.1\r\nxc-token: a\0b\r\n${host}\r\n`],
    ['a bare line feed in a header', `GET / HTTP/1.1\r\nx: a\nb\r\n${host}\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two lengths', `POST / HTTP/1.1\r\n${host}content-length: 1\r\ncontent-length: 2\r\n\r\nab`],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${host}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a negative length', `POST / HTTP/1.1\r\n${host}content-length: -1\r\n\r\n`],
    ['a length beyond numbers', `POST / HTTP/1.1\r\n${host}content-length: ${'9'.repeat(30)}\r\n\r\n`],
  ];
  test.each(broken)('%s', async (_what, bytes) => {
    const text = await exchange(address, bytes);
    if (text !== '' && !/^HTTP\/1\.1 400 [\s\S]*connection: close\r\n\r\n$/i.test(text))
      expectRefused(text, [400, 404]);
    await expectAlive();
  });

  test('a broken chunk changes nothing', async () => {
    const before = await world.watcher.fingerprint();
    const head = `POST ${records()} HTTP/1.1\r\n${host}${auth()}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    expectRefused(await exchange(address, `${head}5\r\n{"Nam\r\nzz\r\n`), [400]);
    expect(await world.watcher.fingerprint()).toBe(before);
    await expectAlive();
  });

  test('a body that ends before its length changes nothing', async () => {
    const before = await world.watcher.fingerprint();
    const head = `POST ${records()} HTTP/1.1\r\n${host}${auth()}content-type: application/json\r\ncontent-length: 100\r\n\r\n`;
    await exchange(address, `${head}{"Name":"a"}`);
    expect(await world.watcher.fingerprint()).toBe(before);
    await expectAlive();
  });
});

describe('headers and addresses', () => {
  test('beyond 64 KiB are 431', async () => {
    const where = `where=${Array(10_000).fill('(Id,eq,1)').join('~or')}`;
    expectRefused(
      await exchange(address, `GET ${records()}?${where} HTTP/1.1\r\n${host}${auth()}\r\n`),
      [431],
    );
    expectRefused(
      await exchange(address, `GET / HTTP/1.1\r\n${host}x: ${'x'.repeat(70_000)}\r\n\r\n`),
      [431],
    );
    const many = Array.from({ length: 5000 }, (_, i) => `x${i}: ${'y'.repeat(20)}\r\n`).join('');
    expectRefused(await exchange(address, `GET / HTTP/1.1\r\n${host}${many}\r\n`), [431]);
  });

  test.each([
    '/../../etc/passwd',
    '//evil.example/x',
    'http://evil.example/api/v2/nope',
    '/%2e%2e/%2e%2e',
    '/api-docs/assets/..%2f..%2fpackage.json',
    '/api-docs/assets/../../package.json',
  ])('%s leads nowhere', async (path) => {
    const text = await exchange(address, `GET ${path} HTTP/1.1\r\n${host}connection: close\r\n\r\n`);
    expectRefused(text, [400, 404]);
    expect(text).not.toContain('evil.example/\r\n');
  });

  test('TRACE, CONNECT and HEAD tell nothing', async () => {
    for (const method of ['TRACE', 'HEAD', 'PROPFIND', 'PUT']) {
      const text = await exchange(
        address,
        `${method} ${records()} HTTP/1.1\r\n${host}${auth()}connection: close\r\n\r\n`,
      );
      expect([method, firstResponse(text).status]).toEqual([method, 404]);
      expect(text).not.toContain(world.owner.jwt);
    }
    const tunnel = await exchange(address, `CONNECT evil.example:80 HTTP/1.1\r\n${host}\r\n`);
    expect(tunnel).not.toMatch(/^HTTP\/1\.1 2/);
    const options = await exchange(
      address,
      `OPTIONS ${records()} HTTP/1.1\r\n${host}connection: close\r\n\r\n`,
    );
    expect(firstResponse(options).status).toBe(204);
    await expectAlive();
  });

  test('an unknown expectation and an upgrade are refused or ignored', async () => {
    const expecting = await exchange(
      address,
      `GET /healthz HTTP/1.1\r\n${host}expect: miracles\r\nconnection: close\r\n\r\n`,
    );
    expect([200, 417]).toContain(firstResponse(expecting).status);
    const upgrade = `GET /healthz HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\n\r\n`;
    expect([200, 400]).toContain(firstResponse(await exchange(address, upgrade)).status);
    await expectAlive();
  });
});

test('pipelined requests are answered in their order', async () => {
  const ask = (path: string): string => `GET ${path} HTTP/1.1\r\n${host}${auth()}\r\n`;
  // Both halves stay open until the server has closed: a client that leaves gets no answers.
  const connection = await openRaw(address);
  await connection.write(
    `${ask(`${records()}/1`) + ask('/nope') + ask(`${records()}/2`) + ask('/healthz')}junk\r\n\r\n`,
  );
  await connection.closed;
  const text = connection.text();
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  expect(statuses).toEqual([200, 404, 200, 200, 400]);
});

test('an upload that is cut off leaves no file', async () => {
  const before = await world.watcher.fingerprint();
  const heads = [
    `content-type: text/csv\r\ncontent-length: 1000000\r\n\r\n`,
    `content-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n4000\r\n`,
    `content-type: multipart/form-data; boundary=b\r\ncontent-length: 1000000\r\n\r\n--b\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\n`,
  ];
  for (const head of heads) {
    const connection = await openRaw(address);
    await connection.write(`POST ${importPath()} HTTP/1.1\r\n${host}${auth()}${head}${'a,b\n'.repeat(2000)}`);
    await expect.poll(uploads).toHaveLength(1);
    connection.socket.resetAndDestroy();
    await expect.poll(uploads).toEqual([]);
  }
  expect(await world.watcher.fingerprint()).toBe(before);
  await expectAlive();
});

describe('100 MB', () => {
  const piece = Buffer.alloc(64 * 1024, 'x');
  const pieces = 1600;

  /** Sends until the server answers or hangs up; how much memory that took at most. */
  async function pour(head: string, chunked: boolean): Promise<{ text: string; grown: number }> {
    const used = (): number => process.memoryUsage().external + process.memoryUsage().heapUsed;
    const connection = await openRaw(address);
    const start = used();
    let most = start;
    await connection.write(head);
    for (let i = 0; i < pieces && !connection.socket.closed && connection.text() === ''; i += 1) {
      if (chunked) await connection.write('10000\r\n');
      await connection.write(piece);
      if (chunked) await connection.write('\r\n');
      most = Math.max(most, used());
    }
    const text = await connection.until(/\r\n\r\n.+/s);
    connection.socket.destroy();
    return { text, grown: most - start };
  }

  const bodies: [string, boolean, string][] = [
    ['with its length', false, `content-length: ${pieces * piece.length}\r\n\r\n`],
    ['in chunks', true, 'transfer-encoding: chunked\r\n\r\n'],
  ];
  test.each(bodies)('%s are refused everywhere without being kept', async (_how, chunked, tail) => {
    const before = await world.watcher.fingerprint();
    const { tableId, baseId } = rightParameters(world);
    const json = 'content-type: application/json\r\n';
    const cases: [number[], string][] = [
      [[413], `POST /api/v2/tables/${tableId}/records HTTP/1.1\r\n${json}${auth()}`],
      [[413], `PATCH /api/v1/db/data/bulk/noco/${baseId}/${tableId} HTTP/1.1\r\n${json}${auth()}`],
      [[413], `POST /api/v2/meta/bases HTTP/1.1\r\n${json}${auth()}`],
      [[413], `POST /api/v2/auth/user/signin HTTP/1.1\r\n${json}`],
      [[413], `POST ${importPath()} HTTP/1.1\r\ncontent-type: text/csv\r\n${auth()}`],
      [
        [413],
        `POST ${importPath().replace('import?', 'import/preview?')} HTTP/1.1\r\ncontent-type: text/csv\r\n${auth()}`,
      ],
      [[401], `POST /api/v2/tables/${tableId}/records HTTP/1.1\r\n${json}`],
      [[401], `POST ${importPath()} HTTP/1.1\r\ncontent-type: text/csv\r\n`],
      [[401], `POST /api/v2/tables/${tableId}/records HTTP/1.1\r\n${json}xc-token: bad\r\n`],
      [[404, 413], `POST /api/v2/nope HTTP/1.1\r\n${json}`],
      [[415], `POST /api/v2/tables/${tableId}/records HTTP/1.1\r\ncontent-type: text/plain\r\n${auth()}`],
      [[413, 200], `GET /api/v2/tables/${tableId}/records HTTP/1.1\r\n${json}${auth()}`],
    ];
    for (const [statuses, head] of cases) {
      const { text, grown } = await pour(`${head}${host}${tail}`, chunked);
      expect(statuses, `${head.slice(0, 60)}: ${text.slice(0, 200)}`).toContain(firstResponse(text).status);
      expect(grown, head.slice(0, 60)).toBeLessThan(40 * 1024 * 1024);
    }
    await expect.poll(uploads).toEqual([]);
    expect(await world.watcher.fingerprint()).toBe(before);
    await expectAlive();
  });
});
