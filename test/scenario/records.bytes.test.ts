import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Table } from '../../server/core/model.ts';
import { planRead, planRecord } from '../../server/core/query/plan.ts';
import { parseKey } from '../../server/core/records/key.ts';
import { joinRows, readPage, writeRows, writerOf } from '../../server/core/records/page.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

/**
 * An engine that writes JSON and the plain writer must give the same bytes, for
 * any values in any shape. What the engine cannot write takes the plain path
 * alone and is not compared.
 */

const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '"',
      '\\',
      '\u0001\b\f\n\r\t\u001f\u007f',
      '\u2028\u2029',
      '</script>',
      '😀',
      '{}',
      'null',
      '1',
      '',
    ),
  )
  .map((text) => text.toWellFormed().replaceAll('\0', ''));
const digits = (max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max });
const anyDecimal = fc
  .tuple(fc.constantFrom('', '-'), digits(25), fc.option(digits(25)))
  .map(([sign, whole, rest]) => `${sign}${whole}${rest === null ? '' : `.${rest}`}`);
const anyInteger = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);

const kinds: { title: string; uidt: string; value: fc.Arbitrary<unknown>; extra?: object }[] = [
  { title: 'text', uidt: 'SingleLineText', value: anyText },
  { title: 'long "text"', uidt: 'LongText', value: anyText },
  { title: 'whole', uidt: 'Number', value: fc.oneof(anyInteger, fc.integer()) },
  {
    title: 'decimal',
    uidt: 'Decimal',
    value: fc.oneof(
      anyDecimal,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }),
    ),
  },
  { title: 'money', uidt: 'Currency', value: anyDecimal },
  { title: 'done', uidt: 'Checkbox', value: fc.boolean() },
  {
    title: 'day',
    uidt: 'Date',
    value: fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10)),
  },
  {
    title: 'moment',
    uidt: 'DateTime',
    value: fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString()),
  },
  {
    title: 'time',
    uidt: 'Time',
    value: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
  },
  {
    title: 'json',
    uidt: 'JSON',
    value: fc
      .jsonValue({ maxDepth: 4 })
      .map((value) => JSON.stringify(value).replaceAll('\\u0000', '').toWellFormed()),
  },
  {
    title: 'tags',
    uidt: 'MultiSelect',
    value: fc.subarray(['a', 'b b', 'ç"'], { minLength: 0 }),
    extra: { colOptions: { options: [{ title: 'a' }, { title: 'b b' }, { title: 'ç"' }] } },
  },
  {
    title: 'choice',
    uidt: 'SingleSelect',
    value: fc.constantFrom('x, y', 'z'),
    extra: { colOptions: { options: [{ title: 'x, y' }, { title: 'z' }] } },
  },
];

let app: TestApp;
let t: TestTable;
let table: Table;

beforeAll(async () => {
  app = await startApp();
  t = await createTestTable(
    app,
    kinds.map(({ title, uidt, extra }) => ({ title, uidt, ...extra })),
  );
  const found = await app.core.snapshot.findTable(t.id);
  if (found === undefined) throw new Error('the table is gone');
  table = found.table;
});

const anyRow = fc.record(Object.fromEntries(kinds.map((kind) => [kind.title, fc.option(kind.value)])), {
  requiredKeys: [],
});
const anyRequest = fc.record({
  fields: fc.subarray([...kinds.map((kind) => kind.title), 'Id', 'CreatedAt'], { minLength: 1 }),
  sort: fc.array(
    fc.record({
      field: fc.constantFrom(...kinds.map((kind) => kind.title)),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    { maxLength: 2 },
  ),
  limit: fc.integer({ min: 1, max: 40 }),
  offset: fc.integer({ min: 0, max: 40 }),
  lists: fc.constantFrom('text' as const, 'array' as const),
});

it('the engine and the plain writer agree on every byte of a page', async () => {
  const context = { now: new Date(), timeZone: 'UTC' };
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 8 }), anyRequest, async (rows, request) => {
      const written = await t.bulk(
        'POST',
        '',
        rows.map((row) => ({ text: null, ...row })),
      );
      expect(written.status, written.text).toBe(200);
      const { plan: planned } = planRead(table, { ...request, shuffle: false }, context);
      const plan = { ...planned, lists: request.lists };
      const prepared = app.core.reader.prepare(plan);
      if (prepared.json === undefined) return;
      const engine = await prepared.json(request.limit, request.offset);
      const plain = await readPage(
        app.core,
        { plan, prepared: { ...prepared, json: undefined } },
        request.limit,
        request.offset,
      );
      expect(engine.toString()).toBe(plain.toString());
      compared += 1;
    }),
    { numRuns: 120 },
  );
  expect(compared).toBeGreaterThan(20);
});

it('and on single records', async () => {
  const columns = table.columns.filter((column) => column.type.json !== 'person');
  const plan = planRecord(table, columns);
  const record = app.core.reader.prepareRecord(plan);
  expect(record.json).toBeDefined();
  for (let id = 1; id <= 50; id += 1) {
    const key = parseKey(table, String(id));
    const row = await record.row(key);
    const engine = await record.json?.(key);
    if (row === undefined) expect(engine).toBeUndefined();
    else {
      const plain = joinRows(await writeRows(app.core, writerOf(plan), [row]));
      expect(`[${engine?.toString()}]`).toBe(plain.toString());
    }
  }
});

it('every answer is the JSON that was written', async () => {
  const rows = fc.sample(anyRow, 60);
  const made = await t.bulk(
    'POST',
    '',
    rows.map((row) => ({ text: null, ...row })),
  );
  const ids = made.body.map((row: { Id: number }) => row.Id);
  const list = await t.records('GET', `?pks=${ids.join(',')}&limit=100&sort=Id`);
  for (const [i, row] of (list.body.list as Record<string, unknown>[]).entries()) {
    const sent = rows[i] as Record<string, unknown>;
    expect(row.text).toBe(sent.text ?? null);
    expect(row.done).toBe(sent.done ?? null);
    if (sent.json !== undefined && sent.json !== null)
      expect(row.json).toEqual(JSON.parse(sent.json as string));
    if (typeof sent.whole === 'string') expect(BigInt(row.whole as string)).toBe(BigInt(sent.whole));
  }
});
