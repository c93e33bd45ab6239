import type { Maybe } from '../../core/ports.ts';
import type { EngineConnection, ReadConnection, Sql } from '../engine.ts';
import { type Connection, openConnection } from './sqlite/connection.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { createHeavyReader, type HeavyReader } from './sqlite/heavy.ts';
import { createTransactions } from './sqlite/transactions.ts';

export { workerFile } from './sqlite/heavy.ts';

export interface SqliteSettings {
  /** File of the database; made when it does not exist. */
  readonly path: string;
  /** full: a power cut loses no commit; normal: it may lose the last ones, never the file. */
  readonly synchronous?: 'normal' | 'full';
}

/** Light reads here and now, heavy ones on the thread. */
function createReads(reading: Connection, heavy: HeavyReader, dataVersion: () => number) {
  let light = 0;
  const sizes = new Map<string, Sql>();
  const connection: ReadConnection = {
    rows(sql, weight): Maybe<unknown[][]> {
      if (weight === 'heavy') return heavy.rows(sql);
      light += 1;
      return reading.rows(sql);
    },
    bytes(sql, weight): Maybe<Buffer | undefined> {
      if (weight === 'heavy') return heavy.bytes(sql);
      light += 1;
      return reading.first(sql) as Buffer | undefined;
    },
    estimateRows(table) {
      let size = sizes.get(table);
      if (size === undefined) {
        // The row number only grows, so this errs towards large tables; a few microseconds.
        size = { text: `select max(rowid) from ${sqliteDialect.quote(table)}`, params: [] };
        sizes.set(table, size);
      }
      return Number(reading.first(size) ?? 0);
    },
    foreignVersion: dataVersion,
  };
  return { connection, light: () => light };
}

/**
 * Opens an SQLite file: one connection that writes, one that reads here, and
 * a thread with a third for reads that take long.
 *
 * @throws the driver's error when the file is no database or cannot be made
 */
export async function connectSqlite(settings: SqliteSettings): Promise<EngineConnection> {
  const writing = openConnection(settings.path, 'write', settings.synchronous);
  const reading = openConnection(settings.path, 'read');
  const heavy = createHeavyReader(settings.path);
  const versionQuery: Sql = { text: 'pragma data_version', params: [] };
  const dataVersion = (): number => writing.first(versionQuery) as number;
  const { connection, light } = createReads(reading, heavy, dataVersion);
  const transactions = createTransactions(writing);
  return {
    dialect: sqliteDialect,
    read: connection,
    execute: (sql) =>
      reading.reads(sql)
        ? reading.execute(sql)
        : transactions.run(
            async (write) => write.execute(sql),
            () => undefined,
          ),
    transaction: transactions.run,
    dataVersion,
    readCounts: () => ({ light: light(), heavy: heavy.asked() }),
    async close() {
      await transactions.close();
      await heavy.close();
      reading.close();
      writing.close();
    },
  };
}
