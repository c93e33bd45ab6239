import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStores } from '../../../test/support/stores.ts';
import type { AuditEntry, Job } from '../../core/ports.ts';

let db: Awaited<ReturnType<typeof openTestStores>>;
beforeEach(async () => {
  db = await openTestStores();
});
afterEach(() => db.close());

test('settings are set, changed and listed', async () => {
  const { settings } = db.stores;
  expect(await settings.get('tokens')).toBeUndefined();
  await settings.set('tokens', '1');
  await settings.set('tokens', '5');
  await settings.set('invite', '');
  expect(await settings.get('tokens')).toBe('5');
  expect(await settings.all()).toEqual(
    new Map([
      ['invite', ''],
      ['tokens', '5'],
    ]),
  );
});

describe('audit', () => {
  const entry = (action: string, baseId: string | null = null): AuditEntry => ({
    at: 1,
    action,
    userId: 'us1',
    tokenId: 4,
    sessionId: null,
    baseId,
    tableId: null,
    target: '4',
    details: { name: 'ci' },
    address: '::1',
    agent: 'curl\r\nforged line',
    requestId: 'r1',
  });

  test('entries are read back newest first, by base, in pages', async () => {
    const { audit } = db.stores;
    await audit.add(entry('token.create'));
    await audit.add(entry('table.create', 'p1'));
    await audit.add(entry('table.delete', 'p1'));
    expect(await audit.list({ limit: 10, offset: 0 })).toEqual([
      entry('table.delete', 'p1'),
      entry('table.create', 'p1'),
      entry('token.create'),
    ]);
    expect(await audit.list({ baseId: 'p1', limit: 1, offset: 1 })).toEqual([entry('table.create', 'p1')]);
  });
});

describe('jobs', () => {
  const job = (change: Partial<Job> = {}): Job => ({
    id: 'job1',
    baseId: 'p1',
    kind: 'import',
    status: 'active',
    userId: 'us1',
    progress: null,
    result: null,
    createdAt: 1,
    updatedAt: 1,
    ...change,
  });

  test('a job is made, moves on and is found', async () => {
    const { jobs } = db.stores;
    await jobs.insert(job());
    await jobs.insert(job({ id: 'job2', kind: 'export', createdAt: 2 }));
    await jobs.insert(job({ id: 'job3', baseId: 'p2' }));
    await jobs.update('job1', { status: 'completed', result: { rows: 3 }, updatedAt: 9 });
    await jobs.update('job1', {});
    expect(await jobs.find('job1')).toEqual(job({ status: 'completed', result: { rows: 3 }, updatedAt: 9 }));
    expect(await jobs.find('job9')).toBeUndefined();
    const ids = async (filter: { kind?: string; status?: string }) =>
      (await jobs.list('p1', filter)).map(({ id }) => id);
    expect(await ids({})).toEqual(['job2', 'job1']);
    expect(await ids({ kind: 'import' })).toEqual(['job1']);
    expect(await ids({ status: 'active' })).toEqual(['job2']);
  });
});
