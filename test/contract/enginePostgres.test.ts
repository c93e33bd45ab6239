import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../server/db/sources.ts';
import {
  columnExpr,
  field,
  fillTable,
  idColumn,
  newColumn,
  type OpenedEngine,
  openers,
  readPlan,
  tableRef,
} from '../support/openEngines.ts';
import { testEngine } from '../support/testEngine.ts';

/** What only a server can do to us: go away, be slow, be locked by others. */
describe.runIf(testEngine === 'postgres')('a PostgreSQL server', () => {
  const name = { name: 'Name', storage: 'text' } as const;
  let engine: OpenedEngine;
  let outside: pg.Client;
  beforeEach(async () => {
    engine = await openers.postgres();
    if (engine.address.engine !== 'postgres') throw new Error('another engine was opened');
    outside = new pg.Client(engine.address.settings);
    await outside.connect();
  });
  afterEach(async () => {
    await outside.end();
    await engine.close();
  });

  const endOthers = () =>
    outside.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );

  it('may end connections: reads and writes go on with new ones', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 3);
    const page = database.reader.prepare(readPlan(table, [field('Name', 'text')]));
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([page.rows(10, 0), page.rows(10, 0), page.count()]);
      await endOthers();
      expect(await page.rows(10, 0)).toHaveLength(3 + round);
      await endOthers();
      await database.transaction(({ records }) => Promise.resolve(records.insert(table, [name], [['new']])));
    }
  });

  it('may end a connection in the middle of a write: nothing of it is kept, and the answer says so', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 1);
    const cut = database.transaction(async ({ records }) => {
      await records.insert(table, [name], [['lost']]);
      await endOthers();
      await setTimeout(100); // it breaks while nothing is asked
      await records.insert(table, [name], [['lost too']]);
    });
    await expect(cut).rejects.toMatchObject({ name: 'AppError', code: 'UNAVAILABLE' });
    expect(await database.reader.count(table, { kind: 'all', of: [] })).toBe(1);
  });

  it('that takes too long to answer is told to stop', async () => {
    if (engine.address.engine !== 'postgres') return;
    const hasty = await openSource({
      engine: 'postgres',
      settings: { ...engine.address.settings, readTimeout: 100 },
    });
    const table = await fillTable(engine.database, 'people', 1);
    await outside.query('begin; lock table people');
    await expect(hasty.reader.count(table, { kind: 'all', of: [] })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await outside.query('rollback');
    expect(await hasty.reader.count(table, { kind: 'all', of: [] })).toBe(1);
    await hasty.close();
  });

  it('whose tables others change tells to come again', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 1);
    const record = database.reader.prepareRecord(readPlan(table, [field('Name', 'text')]));
    for (let i = 0; i < 4; i += 1) await record.row([1]); // by now a prepared statement
    await outside.query('alter table people alter "Name" type varchar(50)');
    expect(await record.row([1])).toEqual(['n1']);
    await outside.query('alter table people drop "Name"');
    await expect(record.row([1])).rejects.toMatchObject({ code: 'OUT_OF_SYNC' });
    const insert = database.transaction(async ({ records }) => records.insert(table, [name], [['x'], ['y']]));
    await expect(insert).rejects.toMatchObject({ code: 'OUT_OF_SYNC' });
    await outside.query('drop table people');
    await expect(database.reader.count(table, { kind: 'all', of: [] })).rejects.toMatchObject({
      code: 'OUT_OF_SYNC',
    });
  });

  it('breaks a circle of locks: one of the writes is told to come again', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 2);
    const write = (first: number, second: number, met: () => Promise<void>) =>
      database.transaction(async ({ records }) => {
        await records.update(table, [name], [{ key: [first], values: ['a'] }]);
        await met();
        await records.update(table, [name], [{ key: [second], values: ['b'] }]);
      }, 'records');
    let waiting: (() => void) | undefined;
    const meet = (): Promise<void> =>
      new Promise((resolve) => {
        if (waiting === undefined) waiting = resolve;
        else {
          waiting();
          resolve();
        }
      });
    const ended = await Promise.allSettled([write(1, 2, meet), write(2, 1, meet)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = ended.find((end) => end.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('numbers new records after keys that were given, however many give keys at once', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 0);
    const give = (key: number) =>
      database.transaction(
        async ({ records }) => records.insert(table, [idColumn, name], [[key, 'given']]),
        'records',
      );
    await Promise.all([400, 100, 300, 500, 200].map(give));
    const made = await database.transaction(async ({ records }) => records.insert(table, [name], [['next']]));
    expect(made).toEqual([[501]]);
    await expect(give(501)).rejects.toMatchObject({ code: 'DUPLICATE_RECORD' });
  });

  it('refuses what it cannot keep by its cause', async () => {
    const { database } = engine;
    const table = tableRef('people');
    const unique = newColumn('Unique', 'text', { unique: true });
    await database.transaction(async ({ schema, records }) => {
      await schema.createTable('people', [idColumn, newColumn('Name', 'text'), unique]);
      await records.insert(table, [unique], [['x'.repeat(2000)]]);
    });
    const insert = (value: string) =>
      database.transaction(async ({ records }) => records.insert(table, [unique], [[value]]));
    await expect(insert('a\0b')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const long = Array.from({ length: 20_000 }, (_, index) => index).join(' ');
    await expect(insert(long)).rejects.toMatchObject({ code: 'INVALID_VALUE_FOR_FIELD' });
    const decimal = database.transaction(async ({ schema, records }) => {
      await schema.addColumn('people', newColumn('Exact', 'decimal'));
      await records.insert(table, [newColumn('Exact', 'decimal')], [[`1${'0'.repeat(140_000)}`]]);
    });
    await expect(decimal).rejects.toMatchObject({ code: 'INVALID_VALUE_FOR_FIELD' });
    expect(await database.reader.count(table, { kind: 'all', of: [] })).toBe(1);
  });

  it('lets nobody go on in a transaction whose statement was refused', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 1);
    const swallowed = database.transaction(async ({ records, execute }) => {
      await records.insert(table, [name], [['kept?']]);
      await Promise.resolve(execute({ text: 'select nothing', params: [] })).catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({ code: 'OUT_OF_SYNC' });
    expect(await database.reader.count(table, { kind: 'all', of: [] })).toBe(1);
  });

  it('reads keys through their index, in both directions and far from the beginning', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 20_000);
    await outside.query('analyze people');
    const statements: string[] = [];
    for (const direction of ['asc', 'desc'] as const) {
      const order = [{ expr: columnExpr('Id', 'integer'), direction }];
      const read = database.reader.prepare(readPlan(table, [field('Name', 'text')], { order }));
      expect(await read.rows(2, 15_000)).toHaveLength(2);
      statements.push(`explain select "Name" from people order by "people"."Id" ${direction} limit 25`);
    }
    for (const statement of statements) {
      const plan = (await outside.query(statement)).rows.map((row) => String(row['QUERY PLAN'])).join('\n');
      expect(plan).toContain('Index Scan');
    }
  });
});
