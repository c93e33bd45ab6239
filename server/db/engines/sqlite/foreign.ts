import type { EngineConnection } from '../../engine.ts';
import { openConnection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { createHeavyReader } from './heavy.ts';
import { sqliteNative } from './native.ts';
import { createTransactions } from './transactions.ts';

export const foreignSqliteDialect = { ...sqliteDialect, native: sqliteNative };

/**
 * Opens a file that others made and may be using: it is not made, its journal
 * stays as it is and its foreign keys count. Everything is read on a thread,
 * since nobody knows how much a table or view of others costs.
 *
 * @throws the driver's error when the file is no database
 */
export async function connectForeignSqlite(settings: { readonly path: string }): Promise<EngineConnection> {
  const writing = openConnection(settings.path, 'foreign');
  const heavy = createHeavyReader(settings.path);
  const transactions = createTransactions(writing);
  return {
    dialect: foreignSqliteDialect,
    read: {
      rows: (sql) => heavy.rows(sql),
      bytes: (sql) => heavy.bytes(sql),
      estimateRows: () => 0,
      foreignVersion: () => undefined,
    },
    execute: async (sql) => writing.execute(sql),
    transaction: transactions.run,
    dataVersion: undefined,
    readCounts: () => ({ light: 0, heavy: heavy.asked() }),
    async close() {
      await transactions.close();
      await heavy.close();
      writing.close();
    },
  };
}
