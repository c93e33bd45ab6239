import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawValue, TableRef } from '../../server/core/ports.ts';
import type { TransactionHandle } from '../../server/db/sources.ts';
import {
  engineNames,
  field,
  idColumn,
  newColumn,
  type OpenedEngine,
  openers,
  readPlan,
  tableRef,
} from '../support/openEngines.ts';

/** Changes of tables happen as a whole or not at all, also where the database commits each by itself. */
describe.each(engineNames)('changes of tables on %s', (engineName) => {
  let engine: OpenedEngine;
  const table = tableRef('people');
  const name = newColumn('Name', 'text', { unique: true });
  const age = newColumn('Age', 'text');

  beforeEach(async () => {
    engine = await openers[engineName]();
    await engine.database.transaction(async ({ schema, records }) => {
      await schema.createTable('people', [idColumn, name, age]);
      await schema.createIndex('people', ['Age'], false);
      await records.insert(
        table,
        [name, age],
        [
          ['ann', '7'],
          ['bob', '41'],
        ],
      );
    });
  });
  afterEach(() => engine.close());

  const rowsOf = async (of: TableRef, ...fields: ReturnType<typeof field>[]): Promise<RawValue[][]> =>
    engine.database.reader.prepare(readPlan(of, fields)).rows(100, 0);
  const people = () => rowsOf(table, field('Id', 'integer'), field('Name', 'text'), field('Age', 'text'));

  /** As a change of type does it: a new column takes the place of the old one. */
  async function retypeAge({ schema, records }: TransactionHandle): Promise<void> {
    const converted = newColumn('converted', 'integer');
    await records.rows(readPlan(table, [field('Age', 'text')]), 10, 0);
    await schema.addColumn('people', converted);
    await records.update(
      table,
      [converted],
      [
        { key: [1], values: [7] },
        { key: [2], values: [41] },
      ],
    );
    await schema.dropColumn('people', 'Age');
    await schema.renameColumn('people', 'converted', 'Age');
    const plan = readPlan(table, [field('Age', 'integer')]);
    expect(await records.rows(plan, 10, 0)).toEqual([[7], [41]]);
    await schema.createIndex('people', ['Age'], true);
  }

  async function everything(handle: TransactionHandle): Promise<void> {
    const { schema, records } = handle;
    await schema.createTable('made', [idColumn, newColumn('x', 'text', { unique: true })]);
    await records.insert(tableRef('made'), [newColumn('x', 'text')], [['y']]);
    await schema.dropIndex('people', ['Name'], true);
    await schema.renameColumn('people', 'Name', 'Called');
    await retypeAge(handle);
    await records.insert(table, [newColumn('Called', 'text')], [['eve']]);
  }

  async function expectUntouched(): Promise<void> {
    expect(await people()).toEqual([
      [1, 'ann', '7'],
      [2, 'bob', '41'],
    ]);
    const again = engine.database.transaction(async ({ records }) =>
      records.insert(table, [name], [['bob']]),
    );
    await expect(again).rejects.toMatchObject({ code: 'FIELD_UNIQUE_CONSTRAINT_VIOLATION' });
    // Every name is free: nothing half-made is in the way.
    await engine.database.transaction(async ({ schema }) => {
      await schema.createTable('made', [idColumn]);
      await schema.addColumn('people', newColumn('Called', 'text'));
      await schema.addColumn('people', newColumn('converted', 'text'));
      await schema.dropIndex('people', ['Age'], false);
      await schema.createIndex('people', ['Age'], false);
    });
  }

  it('are all there after the commit', async () => {
    await engine.database.transaction(everything);
    const called = [field('Called', 'text'), field('Age', 'integer')];
    expect(await rowsOf(table, ...called)).toEqual([
      ['ann', 7],
      ['bob', 41],
      ['eve', null],
    ]);
    expect(await rowsOf(tableRef('made'), field('x', 'text'))).toEqual([['y']]);
    const all = await engine.database.execute({
      text: `select * from ${engine.database.dialect.quote('people')}`,
      params: [],
    });
    expect(Object.keys(all.rows[0] ?? {}).sort()).toEqual(['Age', 'Called', 'Id']);
    const repeated = engine.database.transaction(async ({ records }) =>
      records.insert(table, [newColumn('Age', 'integer')], [[41]]),
    );
    await expect(repeated).rejects.toMatchObject({ details: { fieldName: 'Age' } });
  });

  it('leave nothing when the transaction fails', async () => {
    const failed = engine.database.transaction(async (handle) => {
      await everything(handle);
      await handle.schema.dropTable('people');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await expectUntouched();
  });

  it('leave nothing when one of them is refused', async () => {
    const failed = engine.database.transaction(async (handle) => {
      await everything(handle);
      await handle.records.insert(table, [newColumn('Called', 'text')], [['eve']]);
      await handle.schema.createIndex('people', ['Called'], true);
    });
    await expect(failed).rejects.toMatchObject({
      code: 'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
      details: { fieldName: 'Called', value: 'eve' },
    });
    await expectUntouched();
  });

  it('leave nothing when the process dies in the middle', async () => {
    const support = (path: string): string =>
      JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', '..', path)).href);
    const script = `
      import { openSource } from ${support('server/db/sources.ts')};
      const plain = { key: false, autoIncrement: false, required: false, unique: false };
      const id = { name: 'Id', storage: 'integer', key: true, autoIncrement: true, required: true, unique: false };
      const database = await openSource(${JSON.stringify(engine.address)});
      await database.transaction(async ({ schema, records }) => {
        await schema.createTable('made', [id]);
        await schema.addColumn('people', { ...plain, name: 'converted', storage: 'integer' });
        await schema.dropIndex('people', ['Name'], true);
        await schema.renameColumn('people', 'Name', 'Called');
        await schema.dropColumn('people', 'Age');
        await schema.renameColumn('people', 'converted', 'Age');
        await records.insert({ name: 'people', key: [] }, [{ name: 'Called', storage: 'text' }], [['eve']]);
        console.log('half-way');
        await new Promise(() => setInterval(() => undefined, 1000));
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const halfWay = new Promise((resolve) => child.stdout.once('data', resolve));
    await Promise.race([halfWay, ended]);
    child.kill('SIGKILL');
    await ended;
    // Whoever changes tables next tidies up first; a server does so at its start.
    await engine.database.transaction(async () => undefined);
    await expectUntouched();
  });
});
