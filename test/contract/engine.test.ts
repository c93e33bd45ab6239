import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageKind, Value } from '../../columnTypes/query.ts';
import type { Order, RawValue, TableRef } from '../../server/core/ports.ts';
import {
  anyCondition,
  anyRows,
  asJson,
  asRead,
  compareValues,
  isTrue,
  type Row,
  storageKinds,
} from '../support/engineModel.ts';
import {
  columnExpr,
  engineNames,
  field,
  idColumn,
  newColumn,
  type OpenedEngine,
  openers,
  readPlan,
  tableRef,
} from '../support/openEngines.ts';

/** What every engine must do with values, conditions and orders. */
describe.each(engineNames)('values on %s', (name) => {
  let engine: OpenedEngine;
  beforeEach(async () => {
    engine = await openers[name]();
  });
  afterEach(() => engine.close());

  const fields = [field('Id', 'integer'), ...storageKinds.map((kind) => field(kind, kind))];
  const columns = storageKinds.map((kind) => ({ name: kind, storage: kind }));

  async function makeTable(rows: readonly Row[]): Promise<TableRef> {
    const table = tableRef('every kind');
    await engine.database.transaction(async ({ schema, records }) => {
      await schema.createTable(table.name, [idColumn, ...storageKinds.map((kind) => newColumn(kind, kind))]);
      await records.insert(
        table,
        columns,
        rows.map((row) => columns.map((column) => row[column.name] ?? null)),
      );
    });
    return table;
  }
  const dropTable = (table: TableRef) =>
    engine.database.transaction(async ({ schema }) => schema.dropTable(table.name));

  async function readIds(table: TableRef, more: Parameters<typeof readPlan>[2]): Promise<RawValue[]> {
    const read = engine.database.reader.prepare(readPlan(table, [field('Id', 'integer')], more));
    return (await read.rows(1000, 0)).map(([id]) => id as RawValue);
  }

  const hard: Readonly<Record<StorageKind, readonly Value[]>> = {
    text: ['', 'O\'Hara "x" `y` ; -- \\', '😀 é \u2028 \u0001\u001f\u007f', 'null', 'x'.repeat(3000)],
    integer: [0, -1, 9007199254740991, 9007199254740993n, 9223372036854775807n, -9223372036854775808n],
    decimal: [
      '0',
      '-0.5',
      '0.1',
      '100',
      '123456789012345678901234567890.123456789012345678901234567891',
      `0.${'0'.repeat(59)}1`,
      '9007199254740993',
      '9007199254740992',
      '1000000000000000000000',
      '0.0000001',
      '1234567890.123456',
      `1${'0'.repeat(400)}`,
    ],
    boolean: [true, false],
    date: ['0001-01-01', '9999-12-31'],
    datetime: ['2024-02-29 23:59:59+00:00'],
    time: ['00:00:00', '23:59:59'],
    json: ['{"b":[1e5,1E+30,-0.0,"\\u00e9é/"],"a":{}}', '"text"', 'null', '12345678901234567890', '[]'],
  };

  it('keeps every value as it was and writes it into JSON by its shape', async () => {
    const rows = storageKinds.flatMap((kind) => hard[kind].map((value): Row => ({ [kind]: value })));
    const table = await makeTable(rows);
    const read = engine.database.reader.prepare(readPlan(table, fields));
    const values = await read.rows(1000, 0);
    rows.forEach((row, index) => {
      expect(values[index]).toEqual([index + 1, ...storageKinds.map((kind) => asRead(row[kind] ?? null))]);
    });
    const wanted = rows.map((row, index) => {
      const members = storageKinds.map((kind) => `"${kind}":${asJson(row[kind] ?? null, kind)}`);
      return `{"Id":${index + 1},${members.join(',')}}`;
    });
    expect((await read.json?.(1000, 0))?.toString()).toBe(`[${wanted.join(',')}]`);
  });

  it('answers with the same bytes on both paths, filters and orders as the model does', async () => {
    const order = fc.array(
      fc.record({
        expr: fc.constantFrom(...storageKinds).map((kind) => columnExpr(kind, kind)),
        direction: fc.constantFrom('asc', 'desc'),
      }),
      { maxLength: 3 },
    ) as fc.Arbitrary<Order[]>;
    const wholeNumbers = { expr: columnExpr('Id', 'integer'), direction: 'asc' } as const;
    await fc.assert(
      fc.asyncProperty(anyRows, anyCondition, order, async (rows, where, sorts) => {
        const table = await makeTable(rows);
        const read = engine.database.reader.prepare(
          readPlan(table, fields, { where, order: [...sorts, wholeNumbers] }),
        );
        const wanted = rows
          .map((row, index) => ({ row, id: index + 1 }))
          .filter(({ row }) => isTrue(where, row) === true)
          .sort((a, b) => compareRows(a.row, b.row, sorts) || a.id - b.id);
        const values = await read.rows(100, 0);
        const json = (await read.json?.(100, 0))?.toString();
        const count = await read.count();
        await dropTable(table);
        expect(values.map(([id]) => id)).toEqual(wanted.map(({ id }) => id));
        expect(count).toBe(wanted.length);
        const bytes = wanted.map(
          ({ row, id }) =>
            `{"Id":${id},${storageKinds.map((kind) => `"${kind}":${asJson(row[kind] ?? null, kind)}`).join(',')}}`,
        );
        expect(json).toBe(`[${bytes.join(',')}]`);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same rows when a table is scanned in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows,
        fc.constantFrom(...storageKinds),
        fc.constantFrom('asc', 'desc'),
        async (rows, kind, direction) => {
          const table = await makeTable(rows);
          const sorted =
            direction === 'asc' && kind === 'text' ? [] : [{ expr: columnExpr(kind, kind), direction }];
          const plan = readPlan(table, fields, {
            order: [...sorted, { expr: columnExpr('Id', 'integer'), direction: 'asc' }],
          });
          const wanted = await engine.database.reader.prepare(plan).rows(100, 0);
          const scanned: RawValue[][] = [];
          for await (const batch of engine.database.reader.scan(plan, 2)) {
            expect(batch.length).toBeLessThanOrEqual(2);
            scanned.push(...batch);
          }
          await dropTable(table);
          expect(scanned).toEqual(wanted);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes ten thousand terms, refuses what is nested too deeply', async () => {
    const table = await makeTable([{ integer: 7 }, { integer: 8 }]);
    const integer = columnExpr('integer', 'integer');
    const terms = Array.from({ length: 10_000 }, (_, value) => ({
      kind: 'compare' as const,
      op: '=' as const,
      left: integer,
      right: { kind: 'value' as const, value: value * 7, storage: 'integer' as const },
    }));
    expect(await readIds(table, { where: { kind: 'any', of: terms } })).toEqual([1]);
    let deep = terms[1] as Parameters<typeof isTrue>[0];
    for (let i = 0; i < 2000; i += 1)
      deep = { kind: i % 2 === 0 ? 'all' : 'any', of: [deep, terms[0] as typeof deep] };
    expect(() => engine.database.reader.prepare(readPlan(table, fields, { where: deep }))).toThrow(
      expect.objectContaining({ code: 'INVALID_FILTER' }),
    );
    const many = {
      kind: 'in' as const,
      of: integer,
      values: Array.from({ length: 100_000 }, (_, value) => value),
    };
    expect(await readIds(table, { where: many })).toEqual([1, 2]);
  });

  it('takes any text as name of a table, a column and a JSON key', async () => {
    const names = ['sel"ect', "it's", 'a`b', 'x; drop table y --', '😀', ' ', '[c]', '%', 'c0', 'page', '?'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...names, 'é'),
        fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary-ascii' })),
        async (tableName, column, key) => {
          const table = tableRef(tableName);
          const exact = newColumn(column, 'text', { unique: true });
          await engine.database.transaction(async ({ schema, records }) => {
            await schema.createTable(table.name, [idColumn, exact]);
            await records.insert(table, [exact], [['v'], [null], ['w']]);
          });
          const plan = readPlan(table, [field(column, 'text', key)], {
            order: [{ expr: columnExpr(column, 'text'), direction: 'desc' }],
          });
          const json = await engine.database.reader.prepare(plan).json?.(10, 0);
          await dropTable(table);
          expect(JSON.parse(String(json))).toEqual(['w', 'v', null].map((value) => ({ [key]: value })));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** NULLs first ascending, last descending. */
function compareRows(a: Row, b: Row, order: readonly Order[]): number {
  for (const { expr, direction } of order) {
    if (expr.kind !== 'column') continue;
    const [x, y] = [a[expr.name] ?? null, b[expr.name] ?? null];
    const difference =
      x === null || y === null ? Number(x !== null) - Number(y !== null) : compareValues(x, y, expr.storage);
    if (difference !== 0) return direction === 'asc' ? difference : -difference;
  }
  return 0;
}
