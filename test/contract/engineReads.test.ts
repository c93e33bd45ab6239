import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AggregateName, Condition, StorageKind, Value } from '../../columnTypes/query.ts';
import type { ReadField, TableRef } from '../../server/core/ports.ts';
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

const always: Condition = { kind: 'all', of: [] };
const nameLike = (pattern: string): Condition => ({
  kind: 'matchesPattern',
  of: columnExpr('Name', 'text'),
  pattern,
});
const nameIs = (value: string): Condition => ({
  kind: 'compare',
  op: '=',
  left: columnExpr('Name', 'text'),
  right: { kind: 'value', value, storage: 'text' },
});
const nameColumn = { name: 'Name', storage: 'text' } as const;

/** Commits like another process: on a connection of its own. */
async function deleteFromOutside({ address }: OpenedEngine, table: string, id: number): Promise<void> {
  const other = await openSource(address);
  await other.transaction(async ({ records }) => {
    await records.delete(tableRef(table), [[id]]);
  });
  await other.close();
}

describe.each(engineNames)('reads on %s', (engineName) => {
  let engine: OpenedEngine;
  beforeEach(async () => {
    engine = await openers[engineName]();
  });
  afterEach(() => engine.close());

  describe('counts', () => {
    it('stay right after inserts, deletes, updates and the writes of others, and are not repeated in between', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'counted', 20);
      const all = database.reader.prepare(readPlan(table, [field('Id', 'integer')]));
      const some = database.reader.prepare(readPlan(table, [], { where: nameLike('n1%') }));
      expect([await all.count(), await some.count()]).toEqual([20, 11]);
      const before = database.readCounts();
      expect([await all.count(), await some.count(), await database.reader.count(table, always)]).toEqual([
        20, 11, 20,
      ]);
      // An engine that cannot tell when others wrote counts every time.
      const keepsCounts = database.dataVersion !== undefined;
      if (keepsCounts) expect(database.readCounts()).toEqual(before);

      await database.transaction(async ({ records }) => {
        await records.insert(table, [nameColumn], [['n1x'], ['y']]);
        await records.delete(table, [[1], [2], [99]]);
      });
      expect(await all.count()).toBe(20);
      if (keepsCounts) expect(database.readCounts()).toEqual(before); // adjusted, not counted again
      expect(await some.count()).toBe(11);
      await database.transaction(async ({ records }) => {
        expect(await records.deleteWhere(table, nameLike('n1%'))).toBe(11);
        expect(await records.updateWhere(table, [{ column: nameColumn, value: 'n1' }], nameIs('y'))).toBe(1);
      });
      expect([await all.count(), await some.count()]).toEqual([9, 1]);

      await deleteFromOutside(engine, 'counted', 5);
      expect([await all.count(), await some.count()]).toEqual([8, 1]);
      await expect(
        database.transaction(async ({ records }) => {
          await records.delete(table, [[6]]);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(await all.count()).toBe(8);
    });

    it('of large tables run once for all who ask, in our process elsewhere', async () => {
      const { database } = engine;
      const table = await fillTable(database, 'large', 6000);
      const asked = () => {
        const { light, heavy } = database.readCounts();
        return engineName === 'sqlite' ? heavy : light + heavy;
      };
      const before = asked();
      const read = database.reader.prepare(
        readPlan(table, [field('Id', 'integer')], { where: nameLike('%9%') }),
      );
      const counts = await Promise.all(Array.from({ length: 8 }, () => read.count()));
      expect(new Set(counts).size).toBe(1);
      expect(asked()).toBe(before + 1);
    });
  });

  const inOurProcess = it.runIf(engineName === 'sqlite');
  inOurProcess('leaves scans, filters and sorts of large tables to another thread', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'large', 6000);
    const fields = [field('Id', 'integer'), field('Name', 'text')];
    const heavyReads = async (work: () => unknown): Promise<number> => {
      const before = database.readCounts().heavy;
      await work();
      return database.readCounts().heavy - before;
    };
    const sorted = { order: [{ expr: columnExpr('Name', 'text'), direction: 'asc' as const }] };
    const byName = database.reader.prepare(readPlan(table, fields, sorted));
    const filtered = database.reader.prepare(readPlan(table, fields, { where: nameIs('n77') }));
    const page = database.reader.prepare(readPlan(table, fields));
    const sum = [
      {
        key: 's',
        expr: { kind: 'aggregate', name: 'sum', of: columnExpr('Id', 'integer'), storage: 'integer' },
        shape: 'number',
      },
    ] as const;
    expect(await heavyReads(() => byName.json?.(25, 0))).toBe(1);
    expect(await heavyReads(() => byName.rows(25, 100))).toBe(1);
    expect(await heavyReads(() => filtered.rows(25, 0))).toBe(1);
    expect(await heavyReads(() => database.reader.aggregate(table, always, sum))).toBe(1);
    expect(await heavyReads(() => page.rows(25, 0))).toBe(0);
    expect(await heavyReads(() => page.json?.(25, 500))).toBe(0);
    expect(await heavyReads(() => database.reader.exist(table, [[1], [7000]]))).toBe(0);
    expect((await filtered.json?.(25, 0))?.toString()).toBe('[{"Id":77,"Name":"n77"}]');
  });

  it('finds deep pages by key as an offset would, whatever was deleted', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'deep', 3000);
    const present = Array.from({ length: 3000 }, (_, index) => index + 1);
    const pages = (['asc', 'desc'] as const).map((direction) => ({
      direction,
      read: database.reader.prepare(
        readPlan(table, [field('Id', 'integer')], {
          order: [{ expr: columnExpr('Id', 'integer'), direction }],
        }),
      ),
    }));
    const check = async (offset: number): Promise<void> => {
      for (const { direction, read } of pages) {
        const wanted = direction === 'asc' ? present : [...present].reverse();
        const ids = (await read.rows(10, offset)).map(([id]) => id);
        expect(ids).toEqual(wanted.slice(offset, offset + 10));
        expect(JSON.parse(String(await read.json?.(10, offset)))).toEqual(ids.map((Id) => ({ Id })));
      }
    };
    for (const offset of [0, 999, 1001, 2500, 2995, 3000, 9000]) await check(offset);
    const remove = async (id: number): Promise<void> => {
      await database.transaction(async ({ records }) => {
        await records.delete(table, [[id]]);
      });
      if (present.includes(id)) present.splice(present.indexOf(id), 1);
    };
    for (const id of [3000, 1, 2]) await remove(id); // still without gaps
    for (const offset of [1001, 2990, 2997]) await check(offset);
    await fc.assert(
      fc.asyncProperty(fc.nat(3000), fc.integer({ min: 1001, max: 3000 }), async (id, offset) => {
        await remove(id);
        await check(offset);
      }),
      { numRuns: 40 },
    );
    await deleteFromOutside(engine, 'deep', 1500);
    if (present.includes(1500)) present.splice(present.indexOf(1500), 1);
    await check(2000);
  });

  describe('aggregates and groups', () => {
    const table: TableRef = tableRef('sums');
    const columns = [newColumn('whole', 'integer'), newColumn('exact', 'decimal'), newColumn('kind', 'text')];
    async function fill(rows: readonly (readonly Value[])[]): Promise<void> {
      await engine.database.transaction(async ({ schema, records }) => {
        await schema.createTable(table.name, [idColumn, ...columns]);
        await records.insert(table, columns, rows);
      });
    }
    const aggregate = (name: AggregateName, column: string | null, storage: StorageKind): ReadField => ({
      key: `${name} ${column}`,
      shape: 'number',
      expr: {
        kind: 'aggregate',
        name,
        of:
          column === null
            ? null
            : columnExpr(column, column === 'whole' ? 'integer' : column === 'exact' ? 'decimal' : 'text'),
        storage,
      },
    });

    it('are exact beyond what doubles and 64 bits hold', async () => {
      await fill([
        [9223372036854775807n, '0.1', 'a'],
        [9223372036854775807n, '0.2', 'b'],
        [-1, '100000000000000000000000000000.0000000000000000000000000001', 'a'],
        [null, null, null],
      ]);
      const { reader } = engine.database;
      expect(
        await reader.aggregate(table, always, [
          aggregate('count', null, 'integer'),
          aggregate('count', 'whole', 'integer'),
          aggregate('countDistinct', 'whole', 'integer'),
          aggregate('sum', 'whole', 'integer'),
          aggregate('sum', 'exact', 'decimal'),
          aggregate('min', 'exact', 'decimal'),
          aggregate('max', 'exact', 'decimal'),
          aggregate('median', 'exact', 'decimal'),
          aggregate('median', 'whole', 'decimal'),
          aggregate('max', 'whole', 'integer'),
        ]),
      ).toEqual([
        4,
        3,
        2,
        '18446744073709551613',
        '100000000000000000000000000000.3000000000000000000000000001',
        '0.1',
        '100000000000000000000000000000.0000000000000000000000000001',
        '0.2',
        '9223372036854775807',
        '9223372036854775807',
      ]);
    });

    it('of nothing are null, and a count is 0', async () => {
      await fill([]);
      const names = ['sum', 'min', 'max', 'avg', 'median', 'stdDev'] as const;
      const fields = names.flatMap((name) => [
        aggregate(name, 'whole', 'decimal'),
        aggregate(name, 'exact', 'decimal'),
      ]);
      const answer = await engine.database.reader.aggregate(table, always, [
        ...fields,
        aggregate('count', null, 'integer'),
      ]);
      expect(answer).toEqual([...fields.map(() => null), 0]);
    });

    it('give averages, medians and deviations as decimals', async () => {
      await fill([1, 2, 3, 4].map((value) => [value, `${value}.5`, 'a']));
      const fields = (['avg', 'median', 'stdDev'] as const).flatMap((name) => [
        aggregate(name, 'whole', 'decimal'),
        aggregate(name, 'exact', 'decimal'),
      ]);
      const answer = await engine.database.reader.aggregate(table, always, fields);
      expect(answer.slice(0, 4)).toEqual(['2.5', '3', '2.5', '3']);
      expect(answer.slice(4).map(Number)).toEqual([Math.sqrt(1.25), Math.sqrt(1.25)]);
    });

    it('are grouped, ordered and counted', async () => {
      await fill([
        [1, '10', 'b'],
        [2, '9.5', 'a'],
        [3, '1', 'b'],
        [4, null, null],
      ]);
      const plan = {
        table,
        by: [field('kind', 'text')],
        aggregates: [aggregate('sum', 'exact', 'decimal'), aggregate('count', null, 'integer')],
        where: always,
        order: [{ key: 'sum exact', direction: 'desc' as const }],
      };
      const { reader } = engine.database;
      expect(await reader.group(plan, 10, 0)).toEqual([
        ['b', '11', 2],
        ['a', '9.5', 1],
        [null, null, 1],
      ]);
      expect(await reader.group(plan, 1, 1)).toEqual([['a', '9.5', 1]]);
      expect(await reader.countGroups(plan)).toBe(3);
    });
  });
});
