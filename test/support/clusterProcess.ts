import { join } from 'node:path';
import { createTransactions, type TransactionRunner } from '../../server/cluster/invalidations.ts';
import type { RunTransaction, Stores } from '../../server/core/ports.ts';
import { createStores } from '../../server/db/meta/index.ts';
import { migrate } from '../../server/db/migrations/migrate.ts';
import { type Database, openSqlite } from '../../server/db/sources.ts';
import { makeFolder } from './folder.ts';

/** What one process has: its own handle on the file, and what it heard. */
export interface TestProcess extends Pick<TransactionRunner, 'invalidations'> {
  readonly database: Database;
  readonly run: RunTransaction;
  readonly stores: Stores;
  readonly heard: string[];
  /** What was heard since the last call. */
  readonly take: () => string[];
  /** Statements outside transactions. */
  readonly statements: string[];
}

/** A migrated file and processes on it; `change` replaces parts of a process's database. */
export async function openTestFile() {
  const folder = makeFolder();
  const path = join(folder.path, 'meta.db');
  const first = await openSqlite({ path });
  await migrate(first, first.dialect);
  const open = [first];
  return {
    async startProcess(change: (database: Database) => Partial<Database> = () => ({})): Promise<TestProcess> {
      const database = await openSqlite({ path });
      open.push(database);
      const statements: string[] = [];
      const execute: Database['execute'] = (sql) => {
        statements.push(sql.text);
        return database.execute(sql);
      };
      const changed = { ...database, execute, ...change(database) };
      const { run, invalidations } = createTransactions({
        database: changed,
        createStores: (ofTransaction) => createStores(ofTransaction, database.dialect),
        now: () => 1,
      });
      const heard: string[] = [];
      invalidations.subscribe((kind, key) => void heard.push(`${kind} ${key}`));
      const stores = createStores(changed.execute, database.dialect);
      return { database, run, invalidations, heard, statements, stores, take: () => heard.splice(0) };
    },
    async close(): Promise<void> {
      for (const database of open) await database.close();
      folder.remove();
    },
  };
}
