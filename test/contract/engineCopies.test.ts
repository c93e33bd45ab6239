import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnOf, compare } from '../../columnTypes/query.ts';
import {
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

const id = { name: 'Id', storage: 'integer' } as const;
const name = { name: 'Name', storage: 'text' } as const;
/** A name that would end a careless statement. */
const odd = { name: 'Odd "; drop table people; --', storage: 'text' } as const;

describe.each(engineNames)('copies on %s', (engineName) => {
  let engine: OpenedEngine;
  beforeEach(async () => {
    engine = await openers[engineName]();
  });
  afterEach(() => engine.close());

  it('rows of a range go to another table, keys and all', async () => {
    const { database } = engine;
    const from = await fillTable(database, 'people', 5);
    const to = tableRef('copies');
    const columns = [
      { from: id, to: id },
      { from: name, to: odd },
    ];
    const copied = await database.transaction(async ({ schema, records }) => {
      await schema.createTable('copies', [idColumn, newColumn(odd.name, 'text')]);
      return records.copyRows(from, to, columns, compare('>', columnOf('Id', 'integer'), 3));
    });
    expect(copied).toBe(2);
    const read = database.reader.prepare(readPlan(to, [field('Id', 'integer'), field(odd.name, 'text')]));
    expect(await read.rows(10, 0)).toEqual([
      [4, 'n4'],
      [5, 'n5'],
    ]);
    expect(await read.count()).toBe(2);
    const all = { kind: 'all', of: [] } as const;
    await database.transaction(({ records }) =>
      Promise.resolve(records.copyRows(from, to, columns.slice(1), all)),
    );
    expect(await read.count()).toBe(7);
    expect((await read.rows(10, 6))[0]).toEqual([10, 'n5']);
  });

  it('a key that is there already copies nothing', async () => {
    const { database } = engine;
    const from = await fillTable(database, 'people', 3);
    const to = await fillTable(database, 'others', 1);
    const columns = [
      { from: id, to: id },
      { from: name, to: name },
    ];
    const copy = database.transaction(({ records }) =>
      Promise.resolve(records.copyRows(from, to, columns, { kind: 'all', of: [] })),
    );
    await expect(copy).rejects.toMatchObject({ name: 'AppError' });
    expect(await database.reader.prepare(readPlan(to, [field('Name', 'text')])).rows(10, 0)).toEqual([
      ['n1'],
    ]);
  });

  it('a column goes to another of the same table', async () => {
    const { database } = engine;
    const table = await fillTable(database, 'people', 3);
    await database.transaction(async ({ schema, records }) => {
      await schema.addColumn('people', newColumn(odd.name, 'text'));
      await records.copyColumn(table, name, odd);
    });
    const read = database.reader.prepare(readPlan(table, [field(odd.name, 'text')]));
    expect(await read.rows(10, 0)).toEqual([['n1'], ['n2'], ['n3']]);
  });
});
