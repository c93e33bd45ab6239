import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnyColumnType, type FilterContext, InvalidFilter } from '../../columnTypes/columnType.ts';
import { columnTypes } from '../../columnTypes/index.ts';
import { type Condition, not, type Value } from '../../columnTypes/query.ts';
import { evaluateCondition } from '../support/evaluateCondition.ts';
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

/** Every operator of every type keeps the same rows on every engine as by the meaning of its condition. */

const context: FilterContext = { now: new Date('2024-05-31T12:00:00Z'), timeZone: 'Europe/Berlin' };

const texts = [
  '',
  'a',
  'A',
  'ab',
  'É',
  'é',
  'a,b',
  'B,a',
  "it's",
  '%',
  '_',
  '100%',
  'Σς',
  '😀',
  'null',
  '10',
  '9',
  'a b',
];
const cells: Record<AnyColumnType['storage'], readonly Value[]> = {
  text: [...texts, '#ffaa00', '1.5;2', 'usada', 'usada,usgrace'],
  integer: [-1, 0, 1, 2, 10, 100, 9007199254740991, 9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n)],
  decimal: [
    '0',
    '-0.5',
    '0.1',
    '0.10000000000000000001',
    '1',
    '1.5',
    '10',
    '100',
    '9007199254740993',
    `1${'0'.repeat(30)}`,
  ],
  boolean: [true, false],
  date: ['0001-01-01', '2024-05-30', '2024-05-31', '2024-06-01', '2024-07-15', '9999-12-31'],
  datetime: ['0001-01-01', '2024-05-30', '2024-05-31', '9999-12-31'].flatMap((day) =>
    ['00:00:00', '21:59:59', '22:00:00', '23:59:59'].map((time) => `${day} ${time}+00:00`),
  ),
  time: ['00:00:00', '12:30:00', '23:59:59'],
  json: ['{"a":1}', '"abc"', '[1,2]', '5', 'true', '"É"'],
};

const words: Record<AnyColumnType['storage'], readonly string[]> = {
  text: [...texts, '#FA0', '1.50;2.0', 'usgrace', 'USADA', 'a%', '%b'],
  integer: [
    '0',
    '1',
    '1.5',
    '-0.5',
    '10',
    '1e30',
    '-1e30',
    '9007199254740993',
    '9223372036854775808',
    '1:00',
    '%1',
  ],
  decimal: ['0', '0.1', '0.100', '1.5', '-5e-1', '1e30', '9007199254740993', '9007199254740992'],
  boolean: ['true', '0', 'no', 'yes'],
  date: [
    'today',
    'yesterday',
    '2024-05-31',
    'exactDate',
    'daysAgo',
    '1',
    'pastMonth',
    'nextYear',
    '9999-12-31',
    '0001-01-01',
  ],
  datetime: [
    'today',
    'exactDate',
    '2024-05-31',
    '2024-05-31T21:59:59Z',
    'pastWeek',
    'nextNumberOfDays',
    '1',
    '9999-12-31',
    '0001-01-01',
  ],
  time: ['12:30', '00:00', '23:59:59'],
  json: ['{ "a": 1.0 }', 'abc', '5', '[1', 'é', '%a'],
};
const items = (type: AnyColumnType): fc.Arbitrary<(string | null)[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...words[type.storage]) },
      { weight: 1, arbitrary: fc.constantFrom(null, '', 'null', 'notblank', 'empty', 'true') },
    ),
    { maxLength: 3 },
  );

/** undefined: the operator refuses the argument. */
function conditionOf(
  type: AnyColumnType,
  op: string,
  argument: readonly (string | null)[],
): Condition | undefined {
  const text = argument.length === 0 ? null : argument.map((item) => item ?? 'null').join(',');
  try {
    const options = type.options.parse(undefined);
    return type.operators[op]?.(
      columnExpr('cell', type.storage),
      { text, items: argument },
      options,
      context,
    );
  } catch (error) {
    if (error instanceof InvalidFilter) return undefined;
    throw error;
  }
}

describe.each(engineNames)('filters on %s', (name) => {
  let engine: OpenedEngine;
  beforeEach(async () => {
    engine = await openers[name]();
  });
  afterEach(() => engine.close());

  test.each(columnTypes.map((type) => ({ name: type.name, type })))('$name', async ({ type }) => {
    const values = [...cells[type.storage], null];
    const table = tableRef('cells');
    const column = { name: 'cell', storage: type.storage };
    await engine.database.transaction(async ({ schema, records }) => {
      await schema.createTable(table.name, [idColumn, newColumn('cell', type.storage)]);
      await records.insert(
        table,
        [column],
        values.map((value) => [value]),
      );
    });
    const question = fc.tuple(fc.constantFrom(...Object.keys(type.operators)), items(type), fc.boolean());
    await fc.assert(
      fc.asyncProperty(question, async ([op, argument, negated]) => {
        const condition = conditionOf(type, op, argument);
        fc.pre(condition !== undefined);
        const where = negated ? not(condition) : condition;
        const read = engine.database.reader.prepare(readPlan(table, [field('Id', 'integer')], { where }));
        const kept = (await read.rows(1000, 0)).map(([id]) => values[Number(id) - 1]);
        expect(kept).toEqual(values.filter((cell) => evaluateCondition(where, { cell }) === true));
      }),
      { numRuns: 120 },
    );
  });
});
