import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Condition } from '../../columnTypes/query.ts';
import type { TableRef } from '../../server/core/ports.ts';
import { openSource } from '../../server/db/sources.ts';
import {
  columnExpr,
  engineNames,
  field,
  fillTable,
  idColumn,
  newColumn,
  type OpenedEngine,
  openers,
  readPlan,
  tableRef,
} from '../support/openEngines.ts';

const nameColumn = { name: 'Name', storage: 'text' } as const;
const always: Condition = { kind: 'all', of: [] };
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe.each(engineNames)('writes on %s', (engineName) => {
  let engine: OpenedEngine;
  beforeEach(async () => {
    engine = await openers[engineName]();
  });
  afterEach(() => engine.close());
  const names = async (table: TableRef) =>
    (await engine.database.reader.prepare(readPlan(table, [field('Name', 'text')])).rows(100, 0)).map(
      ([name]) => name,
    );

  describe('transactions', () => {
    it('show nothing to others before they end, and everything after', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'people', 1);
      await database.transaction(async ({ records, execute }) => {
        await records.insert(table, [nameColumn], [['inside']]);
        await tick();
        expect(await names(table)).toEqual(['n1']);
        expect(await records.rows(readPlan(table, [field('Name', 'text')]), 10, 0)).toEqual([
          ['n1'],
          ['inside'],
        ]);
        expect(String(await records.json(readPlan(table, [field('Name', 'text')]), 10, 1))).toBe(
          '[{"Name":"inside"}]',
        );
        expect(await records.exist(table, [[2], [3]])).toEqual([true, false]);
        const own = await execute({ text: 'select count(*) as n from people', params: [] });
        const others = await database.execute({ text: 'select count(*) as n from people', params: [] });
        expect([own.rows[0]?.n, others.rows[0]?.n]).toEqual([2, 1]);
      });
      expect(await names(table)).toEqual(['n1', 'inside']);
    });

    it('leave nothing behind when they fail, tables included', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'people', 1);
      const failed = database.transaction(async ({ records, schema, execute }) => {
        await schema.createTable('made', [idColumn]);
        await schema.addColumn('people', newColumn('more', 'text'));
        await records.insert(table, [nameColumn], [['x']]);
        const name = database.dialect.quote('Name');
        await execute({ text: `insert into people (${name}) values ('y')`, params: [] });
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await names(table)).toEqual(['n1']);
      const tables = await database.execute({ text: 'select * from people', params: [] });
      expect(Object.keys(tables.rows[0] ?? {})).toEqual(['Id', 'Name']);
    });

    it('run one after the other, and end before their handle can be used again', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'people', 0);
      const log: string[] = [];
      let kept: (() => unknown) | undefined;
      const run = (name: string) =>
        database.transaction(async ({ records, execute }) => {
          log.push(`${name} starts`);
          await tick();
          await records.insert(table, [nameColumn], [[name]]);
          await tick();
          log.push(`${name} ends`);
          kept = () => execute({ text: 'select 1', params: [] });
        });
      await Promise.all([run('a'), run('b'), run('c')]);
      expect(log).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} starts`, `${name} ends`]));
      expect(() => kept?.()).toThrow('after its end');
      await expect(database.transaction(() => database.transaction(async () => 1))).rejects.toThrow(
        'inside another',
      );
      await expect(database.transaction(async () => 'still works')).resolves.toBe('still works');
    });

    it('wait for another process without holding this one', async () => {
      const { database, address } = engine;
      const table = await fillTable(database, 'people', 1);
      const other = await openSource(address);
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const inserted = new Promise<void>((resolve, reject) => {
        const holding = other.transaction(async ({ records }) => {
          await records.insert(table, [nameColumn], [['other']]);
          resolve();
          await held;
        });
        holding.catch(reject);
      });
      await inserted;
      const before = database.dataVersion?.();
      const waiting = database.transaction(({ records }) =>
        Promise.resolve(records.insert(table, [nameColumn], [['mine']])),
      );
      await tick();
      expect(await names(table)).toEqual(['n1']); // reads go on
      letGo();
      expect(await waiting).toEqual([[3]]);
      await other.close();
      if (before !== undefined) expect(database.dataVersion?.()).not.toBe(before);
      expect(await names(table)).toEqual(['n1', 'other', 'mine']);
    });

    it('are made of single statements too', async () => {
      const { database } = engine;
      await fillTable(database, 'people', 1);
      const { dialect } = database;
      const [people, name, value] = [dialect.quote('people'), dialect.quote('Name'), dialect.placeholder(1)];
      const insert = { text: `insert into ${people} (${name}) values (${value})`, params: ['one'] };
      const inserted = await database.execute(insert);
      expect(inserted).toMatchObject({ rows: [], changes: 1 });
      // PostgreSQL tells numbers by `returning` only.
      if (dialect.name !== 'postgres') expect(inserted.insertId).toBe(2);
      const version = database.dataVersion?.();
      const update = { text: `update ${people} set ${name} = ${value}`, params: ['z'] };
      expect(await database.execute(update)).toMatchObject({ rows: [], changes: 2 });
      const all = await database.execute({ text: `select * from ${people} order by 1`, params: [] });
      expect(all).toMatchObject({
        rows: [
          { Id: 1, Name: 'z' },
          { Id: 2, Name: 'z' },
        ],
        changes: 0,
      });
      expect(database.dataVersion?.()).toBe(version); // our own commits are no news
    });
  });

  describe('records', () => {
    it('get keys that never come back', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'people', 3);
      await database.transaction(async ({ records }) => {
        expect(await records.delete(table, [[3], [3]])).toEqual([true, false]);
        expect(await records.insert(table, [], [[], []])).toEqual([[4], [5]]);
        const given = await records.insert(
          table,
          [idColumn, nameColumn],
          [
            [4611686018427387904n, 'far'],
            [null, 'next'],
          ],
        );
        expect(given).toEqual([['4611686018427387904'], ['4611686018427387905']]);
      });
      expect(await database.reader.exist(table, [[4611686018427387904n], [3], [1]])).toEqual([
        true,
        false,
        true,
      ]);
    });

    it('are updated by key and by condition, also in pieces', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'people', 45_000);
      await database.transaction(async ({ records }) => {
        const rows = [1, 99_999].map((id) => ({ key: [id], values: [`new ${id}`] }));
        expect(await records.update(table, [nameColumn], rows)).toEqual([true, false]);
        expect(await records.updateWhere(table, [{ column: nameColumn, value: 'same' }], always)).toBe(
          45_000,
        );
        const odd: Condition = {
          kind: 'compare',
          op: '>',
          left: columnExpr('Id', 'integer'),
          right: { kind: 'value', value: 7, storage: 'integer' },
        };
        expect(await records.deleteWhere(table, odd)).toBe(44_993);
        expect(await records.deleteWhere(table, { kind: 'any', of: [] })).toBe(0);
      });
      expect(await names(table)).toEqual(Array.from({ length: 7 }, () => 'same'));
    });

    it('number themselves from sequences', async () => {
      const { database } = engine;
      await database.execute({
        text: 'create table rg_sequence (column_id varchar(64) primary key, next integer)',
        params: [],
      });
      await database.transaction(async ({ records }) => {
        expect([
          await records.nextNumbers('a', 3),
          await records.nextNumbers('a', 1),
          await records.nextNumbers('b', 1),
        ]).toEqual([1, 4, 1]);
      });
      expect(await database.transaction(async ({ records }) => records.nextNumbers('a', 1))).toBe(5);
    });
  });

  describe('refusals', () => {
    const email = newColumn('e"mail', 'text', { unique: true });
    const table = tableRef('people');
    beforeEach(() =>
      engine.database.transaction(async ({ schema, records }) => {
        await schema.createTable('people', [idColumn, newColumn('Name', 'text'), email]);
        await records.insert(table, [email], [["it's"], ['b'], [null], [null]]);
      }),
    );
    const taken = (value: unknown) =>
      expect.objectContaining({
        code: 'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
        message: `e"mail field unique constraint violation. Value '${value}' already exists.`,
        details: { fieldName: 'e"mail', value },
      });

    it('name the field and value that exist already', async () => {
      const { database } = engine;
      const write = database.transaction.bind(database);
      await expect(
        write(async ({ records }) => records.insert(table, [email], [['c'], ['c']])),
      ).rejects.toEqual(taken('c'));
      await expect(
        write(async ({ records }) =>
          records.update(
            table,
            [email],
            [
              { key: [2], values: ['b'] },
              { key: [2], values: ["it's"] },
            ],
          ),
        ),
      ).rejects.toEqual(taken("it's"));
      await expect(
        write(async ({ records }) => records.updateWhere(table, [{ column: email, value: 'q' }], always)),
      ).rejects.toEqual(taken('q'));
      await expect(
        write(async ({ records, schema }) => {
          await records.updateWhere(table, [{ column: nameColumn, value: 'twice' }], always);
          await schema.createIndex('people', ['Name'], true);
        }),
      ).rejects.toMatchObject({
        code: 'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
        details: { fieldName: 'Name', value: 'twice' },
      });
      expect(await database.reader.count(table, always)).toBe(4);
    });

    it('name a key that exists already and a key part that is missing', async () => {
      const { database } = engine;
      await expect(
        database.transaction(async ({ records }) => records.insert(table, [idColumn], [[1]])),
      ).rejects.toMatchObject({ code: 'DUPLICATE_RECORD' });
      const parts = [newColumn('a', 'text', { key: true }), newColumn('b', 'decimal', { key: true })];
      const pairs: TableRef = { name: 'pairs', key: parts };
      await database.transaction(async ({ schema, records }) => {
        await schema.createTable('pairs', [...parts, newColumn('Name', 'text')]);
        expect(
          await records.insert(pairs, parts, [
            ['x', '1.5'],
            ['x', '2'],
          ]),
        ).toEqual([
          ['x', '1.5'],
          ['x', '2'],
        ]);
        expect(
          await records.exist(pairs, [
            ['x', '2'],
            ['y', '2'],
          ]),
        ).toEqual([true, false]);
        expect(await records.update(pairs, [nameColumn], [{ key: ['x', '2'], values: ['n'] }])).toEqual([
          true,
        ]);
      });
      const record = database.reader.prepareRecord(readPlan(pairs, [field('Name', 'text')]));
      expect([await record.row(['x', '2']), await record.row(['x', '3'])]).toEqual([['n'], undefined]);
      expect([String(await record.json?.(['x', '2'])), await record.json?.(['y', '3'])]).toEqual([
        '{"Name":"n"}',
        undefined,
      ]);
      await expect(
        database.transaction(async ({ records }) => records.insert(pairs, parts, [['x', '2']])),
      ).rejects.toMatchObject({ code: 'DUPLICATE_RECORD' });
      await expect(
        database.transaction(async ({ records }) => records.insert(pairs, parts, [['x', null]])),
      ).rejects.toMatchObject({
        code: 'REQUIRED_FIELD_MISSING',
        details: { fieldName: 'b' },
      });
    });
  });

  it('changes tables under statements that are kept', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 6000);
    const sorted = { order: [{ expr: columnExpr('Name', 'text'), direction: 'desc' as const }] };
    const light = database.reader.prepare(readPlan(table, [field('Id', 'integer'), field('Name', 'text')]));
    const heavy = database.reader.prepare(readPlan(table, [field('Name', 'text')], sorted));
    const record = database.reader.prepareRecord(readPlan(table, [field('Name', 'text')]));
    const look = async () => [
      String(await light.json?.(1, 0)),
      String(await heavy.json?.(1, 0)),
      String(await record.json?.([2])),
    ];
    const answer = await look();
    await database.transaction(async ({ schema }) => {
      await schema.addColumn('people', newColumn('more', 'decimal', { unique: true }));
      await schema.createIndex('people', ['Name', 'more'], false);
    });
    expect(await look()).toEqual(answer);
    await database.transaction(async ({ schema }) => {
      await schema.renameColumn('people', 'more', 'less');
      await schema.dropIndex('people', ['Name', 'less'], false);
      await schema.addColumn('people', newColumn('more', 'text', { unique: true }));
      await schema.dropColumn('people', 'less');
      await schema.dropIndex('people', ['never'], true);
    });
    expect(await look()).toEqual(answer);
    await expect(
      database.transaction(async ({ schema }) => schema.dropColumn('people', 'Id')),
    ).rejects.toMatchObject({ code: 'COLUMN_OP_FAILED' });
    await database.transaction(async ({ schema }) => {
      await schema.dropTable('people');
    });
    await fillTable(database, 'people', 2);
    expect(await database.reader.count(table, always)).toBe(2);
  });

  it('refuses what comes after closing, and ends what came before', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 0);
    const last = database.transaction(async ({ records }) => {
      await tick();
      return records.insert(table, [nameColumn], [['kept']]);
    });
    const closing = database.close();
    await expect(database.transaction(async () => 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await last).toEqual([[1]]);
    await closing;
  });
});
