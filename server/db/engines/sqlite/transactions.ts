import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { AppError } from '../../../core/errors.ts';
import type { RawValue } from '../../../core/ports.ts';
import type { Sql, WriteConnection } from '../../engine.ts';
import type { Connection } from './connection.ts';
import { databaseBusy, explainError, isBusy, listIndexes } from './errors.ts';

/** Milliseconds a transaction waits for the one of another process. */
const longestWait = 5000;

export interface Transactions {
  run<T>(work: (connection: WriteConnection) => Promise<T>, committed: () => void): Promise<T>;
  /** Waits for those that were asked for; later ones are refused. */
  close(): Promise<void>;
}

/** Waits for other processes without holding this one, as SQLite's own waiting would. */
async function begin(connection: Connection): Promise<void> {
  for (let waited = 0, pause = 2; ; waited += pause, pause = Math.min(pause * 2, 50)) {
    try {
      connection.run({ text: 'begin immediate', params: [] });
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waited >= longestWait) throw databaseBusy(error);
      await setTimeout(pause);
    }
  }
}

function insertIdOf(connection: Connection, lastInsertRowid: number | bigint): RawValue {
  if (Number.isSafeInteger(lastInsertRowid)) return lastInsertRowid as number;
  return connection.first({ text: 'select cast(last_insert_rowid() as text)', params: [] }) as string;
}

/** The connection as one transaction sees it; `alive` throws once it has ended. */
function guard(connection: Connection, alive: () => void): WriteConnection {
  const checked =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      alive();
      return call(...args);
    };
  return {
    insertRows: undefined,
    advanceKey: undefined,
    run: checked((sql: Sql) => {
      const { changes, lastInsertRowid } = connection.run(sql);
      return { changes, insertId: insertIdOf(connection, lastInsertRowid) };
    }),
    rows: checked((sql: Sql) => connection.rows(sql)),
    bytes: checked((sql: Sql) => connection.first(sql) as Buffer | undefined),
    explain: (error, write) => explainError(connection, error, write),
    indexes: checked((table: string) => listIndexes(connection, table)),
    keyColumns: checked((table: string) =>
      connection
        .rows({ text: 'select name from pragma_table_info(?) where pk > 0 order by pk', params: [table] })
        .map(([name]) => String(name)),
    ),
    execute: checked((sql: Sql) => connection.execute(sql)),
    pause: () => setImmediate(),
  };
}

/** One transaction after the other on the one connection that writes. */
export function createTransactions(connection: Connection): Transactions {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function runOne<T>(
    work: (guarded: WriteConnection) => Promise<T>,
    committed: () => void,
  ): Promise<T> {
    const state = { open: true };
    const alive = (): void => {
      if (!state.open) throw new Error('a transaction was used after its end');
    };
    await begin(connection);
    try {
      const result = await inside.run(state, () => work(guard(connection, alive)));
      connection.run({ text: 'commit', params: [] });
      state.open = false;
      committed();
      return result;
    } catch (error) {
      state.open = false;
      // SQLite has rolled back by itself after some errors, e.g. a full disk.
      if (connection.db.inTransaction) connection.run({ text: 'rollback', params: [] });
      throw explainError(connection, error, undefined);
    }
  }

  return {
    run(work, committed) {
      if (inside.getStore()?.open === true)
        return Promise.reject(new Error('a transaction was started inside another'));
      if (closed) return Promise.reject(new AppError('UNAVAILABLE', 'The server is stopping. Try again.'));
      const turn = last.then(() => runOne(work, committed));
      last = turn.catch(() => undefined); // its caller hears of it
      return turn;
    },
    async close() {
      closed = true;
      await last;
    },
  };
}
