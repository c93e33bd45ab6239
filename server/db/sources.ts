import type { Database, EngineConnection } from './engine.ts';
import { connect, type EngineAddress } from './engines/index.ts';
import { connectSqlite, type SqliteSettings } from './engines/sqlite.ts';
import { createRecordReader } from './records.ts';
import { createCounts } from './recordsCount.ts';
import { createRecordWriter } from './recordsWrite.ts';
import { createSchemaWriter } from './schema.ts';

export type { Database, TransactionHandle } from './engine.ts';
export type { EngineAddress } from './engines/index.ts';
export { type SqliteSettings, workerFile } from './engines/sqlite.ts';

/** An engine's connection with everything that is written once for all engines. */
export function createDatabase(engine: EngineConnection): Database {
  const { dialect } = engine;
  const counts = createCounts(engine.read, dialect);
  return {
    ...engine,
    reader: createRecordReader(engine.read, dialect, counts),
    transaction(work, scope = 'all') {
      const changes = new Map<string, number | undefined>();
      const touch = (table: string, rows: number): void => {
        const before = changes.has(table) ? changes.get(table) : 0;
        changes.set(table, before === undefined ? undefined : before + rows);
      };
      return engine.transaction(
        (connection) =>
          work({
            execute: connection.execute,
            records: createRecordWriter(connection, dialect, touch),
            schema: createSchemaWriter(connection, dialect, (table) => changes.set(table, undefined)),
          }),
        () => counts.apply(changes),
        scope,
      );
    },
  };
}

/** Opens a database with the engine that its address names. */
export async function openSource(address: EngineAddress): Promise<Database> {
  return createDatabase(await connect(address));
}

/** Opens an SQLite file; made when it does not exist. */
export async function openSqlite(settings: SqliteSettings): Promise<Database> {
  return createDatabase(await connectSqlite(settings));
}
