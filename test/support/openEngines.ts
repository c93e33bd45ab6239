import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageKind } from '../../columnTypes/query.ts';
import type { NewColumn, ReadField, ReadPlan, TableRef } from '../../server/core/ports.ts';
import { type Database, type EngineAddress, openSource } from '../../server/db/sources.ts';
import { createTestDatabase, type EngineName, type ServerEngine, testEngine } from './testEngine.ts';

export interface OpenedEngine {
  readonly database: Database;
  /** Where the data rests, for tests that come from outside as another process does. */
  readonly address: EngineAddress;
  close(): Promise<void>;
}

const onServer = (engine: ServerEngine) => async (): Promise<OpenedEngine> => {
  const { address, drop } = await createTestDatabase(engine);
  const database = await openSource(address);
  return {
    database,
    address,
    async close() {
      await database.close();
      await drop();
    },
  };
};

/** Every engine, each on an empty database of its own. A forgotten engine is a type error. */
export const openers: Readonly<Record<EngineName, () => Promise<OpenedEngine>>> = {
  async sqlite() {
    const folder = mkdtempSync(join(tmpdir(), 'rowgate-engine-'));
    const address: EngineAddress = { engine: 'sqlite', settings: { path: join(folder, 'data.db') } };
    const database = await openSource(address);
    return {
      database,
      address,
      async close() {
        await database.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  postgres: onServer('postgres'),
  mysql: onServer('mysql'),
};

/** The engine this run is about. */
export const engineNames: readonly EngineName[] = [testEngine];

const plain = { key: false, autoIncrement: false, required: false, unique: false };

export const newColumn = (name: string, storage: StorageKind, more: Partial<NewColumn> = {}): NewColumn => ({
  name,
  storage,
  ...plain,
  ...more,
});

export const idColumn = newColumn('Id', 'integer', { key: true, autoIncrement: true, required: true });

/** A reference to a table whose key is `Id`. */
export const tableRef = (name: string): TableRef => ({ name, key: [{ name: 'Id', storage: 'integer' }] });

export const columnExpr = (name: string, storage: StorageKind) =>
  ({ kind: 'column', name, storage }) as const;

const shapes = { integer: 'number', decimal: 'number', boolean: 'boolean', json: 'json' } as const;

export const field = (name: string, storage: StorageKind, key = name): ReadField => ({
  key,
  expr: columnExpr(name, storage),
  shape: storage in shapes ? shapes[storage as keyof typeof shapes] : 'string',
});

/** All rows in key order, unless told otherwise. */
export const readPlan = (
  table: TableRef,
  fields: readonly ReadField[],
  more: Partial<ReadPlan> = {},
): ReadPlan => ({
  table,
  fields,
  where: { kind: 'all', of: [] },
  order: table.key.map(({ name, storage }) => ({ expr: columnExpr(name, storage), direction: 'asc' })),
  shuffle: false,
  lists: 'text',
  ...more,
});

/** A table `name` with `Id` and a text `Name`, holding `count` rows named n1, n2, … */
export async function fillTable(database: Database, name: string, count: number): Promise<TableRef> {
  const table = tableRef(name);
  await database.transaction(async ({ schema, records }) => {
    await schema.createTable(name, [idColumn, newColumn('Name', 'text')]);
    const rows = Array.from({ length: count }, (_, index) => [`n${index + 1}`]);
    await records.insert(table, [{ name: 'Name', storage: 'text' }], rows);
  });
  return table;
}
