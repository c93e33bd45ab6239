import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, expectRefused, firstResponse, openRaw } from '../support/rawHttp.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let address: string;
beforeAll(async () => {
  world = await createWorld({}, { headers: 400, request: 3000, silence: 1500 });
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

describe('slow clients', () => {
  test('headers that never end are closed', async () => {
    const connection = await openRaw(address);
    await connection.write(`GET / HTTP/1.1\r\n${host}`);
    await connection.closed;
    if (connection.text() !== '') expectRefused(connection.text(), [408]);
  });

  test('a connection that says nothing is closed', async () => {
    const connection = await openRaw(address);
    await connection.closed;
    expect(connection.text() === '' || connection.text().includes('408')).toBe(true);
  });

  test('a body that stops is closed and changes nothing', async () => {
    const before = await world.watcher.fingerprint();
    for (const path of [records(), importPath()]) {
      const connection = await openRaw(address);
      await connection.write(
        `POST ${path} HTTP/1.1\r\n${host}${auth()}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{"Name"`,
      );
      await connection.closed;
      expect(connection.text()).not.toMatch(/^HTTP\/1\.1 2/);
    }
    await expect.poll(uploads).toEqual([]);
    expect(await world.watcher.fingerprint()).toBe(before);
  });

  test('a body that drips is closed in the end', async () => {
    const connection = await openRaw(address);
    await connection.write(
      `POST ${records()} HTTP/1.1\r\n${host}${auth()}content-type: application/json\r\ncontent-length: 1000\r\n\r\n`,
    );
    const drip = setInterval(() => connection.socket.write(' '), 100);
    await connection.closed;
    clearInterval(drip);
    expectRefused(connection.text(), [408]);
    await expectAlive();
  });
});
