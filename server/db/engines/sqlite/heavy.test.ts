import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openConnection } from './connection.ts';
import { createHeavyReader } from './heavy.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowgate-heavy-'));
  path = join(folder, 'data.db');
  openConnection(path, 'write').close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ask = (text: string, ...params: unknown[]) => ({ text, params });

it('answers with rows and bytes, and with the code of an error', async () => {
  const reader = createHeavyReader(path);
  expect(await reader.rows(ask('select ?, rg_lower(?)', 9007199254740991n, 'É'))).toEqual([
    [9007199254740991, 'é'],
  ]);
  const bytes = await reader.bytes(ask("select cast('[1]' as blob)"));
  expect([Buffer.isBuffer(bytes), String(bytes)]).toEqual([true, '[1]']);
  expect(await reader.bytes(ask('select 1 where 0'))).toBeUndefined();
  await expect(reader.rows(ask('select * from nothing'))).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
  await expect(reader.rows(ask('create table t (a)'))).rejects.toThrow();
  expect(reader.asked()).toBe(5);
  await reader.close();
  await expect(reader.rows(ask('select 1'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

it('gives up what was under way when its thread dies, and starts another', async () => {
  const dying = new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, sql }) => {
        if (sql.text === 'die') process.exit(1);
        if (sql.text === 'throw') throw new Error('lost');
        if (sql.text === 'work') parentPort.postMessage({ id, value: [[1]] });
      });`)}`,
  );
  const reader = createHeavyReader(path, dying);
  const hanging = expect(reader.rows(ask('never answered'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  for (const end of ['die', 'throw']) {
    await expect(reader.rows(ask(end))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await reader.rows(ask('work'))).toEqual([[1]]);
  }
  await hanging;
  const last = expect(reader.rows(ask('never answered'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await reader.close();
  await last;
});
