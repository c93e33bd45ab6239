import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { AppError } from '../../../core/errors.ts';
import type { TransactionScope } from '../../../core/ports.ts';
import type { WriteConnection } from '../../engine.ts';
import { createTurns } from '../postgres/turns.ts';
import type { TransactionContext } from './context.ts';
import { isConnectionLoss } from './errno.ts';
import { explainCommon } from './errors.ts';
import type { Connection } from './pool.ts';
import { settleNotes } from './schemaSteps.ts';
import { createSession } from './session.ts';

export interface Transactions {
  run<T>(
    work: (connection: WriteConnection) => Promise<T>,
    committed: () => void,
    scope: TransactionScope,
  ): Promise<T>;
  /** Waits for those that were asked for; later ones are refused. */
  close(): Promise<void>;
}

/** Seconds that a transaction waits for those of other processes. */
const longestWait = 30;

/** Locks are the server's, not the database's; a name has at most 64 characters. */
const lockName = (database: string): string =>
  `rowgate_${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;

const commitLost = (cause: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    'The connection to the database broke while the change was being kept. Look whether it was made before you send it again.',
    undefined,
    cause,
  );

const halfUndone = (cause: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    'A change of a table that failed could not be undone yet: see the table rg_schema_note of the database.',
    undefined,
    cause,
  );

const databaseBusy = (): AppError =>
  new AppError('UNAVAILABLE', 'The database is busy with another write. Try again.');

/**
 * Those of scope `all` go one after the other, here by waiting and across
 * processes by a lock of the server; those of scope `records` beside them.
 */
export function createTransactions(context: TransactionContext): Transactions {
  const { writing, beside, database } = context;
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const exclusive = createTurns(1);
  const together = createTurns(context.limit);
  const running = new Set<Promise<unknown>>();
  const lock = lockName(database);
  let closed = false;

  async function takeLock(connection: Connection): Promise<void> {
    const sql = { text: 'select get_lock(?, ?)', params: [lock, longestWait] };
    const rows = (await connection.run(sql, true)) as unknown[][];
    if (Number(rows[0]?.[0]) !== 1) throw databaseBusy();
    // Whoever held the lock before may have died half-way.
    try {
      await beside.use(settleNotes);
    } catch (error) {
      throw explainCommon(error) ?? halfUndone(error);
    }
  }
  const freeLock = (connection: Connection): Promise<unknown> =>
    connection.run({ text: 'select release_lock(?)', params: [lock] }, true);

  /** A connection that had died while it was idle is replaced once. */
  async function open(scope: TransactionScope): Promise<Connection> {
    for (let again = true; ; again = false) {
      const connection = await writing.acquire();
      try {
        if (scope === 'all') await takeLock(connection);
        await connection.command('start transaction');
        return connection;
      } catch (error) {
        connection.destroy();
        connection.release();
        if (!again || !isConnectionLoss(error)) throw error;
      }
    }
  }

  async function runOne<T>(
    work: (connection: WriteConnection) => Promise<T>,
    committed: () => void,
    scope: TransactionScope,
  ): Promise<T> {
    const connection = await open(scope);
    const state = { open: true };
    const session = createSession(context, connection, state, scope);
    try {
      const result = await inside.run(state, () => work(session.connection));
      state.open = false;
      await commit(session.commit);
      committed();
      return result;
    } catch (error) {
      state.open = false;
      await connection.command('rollback').catch(() => connection.destroy());
      throw error;
    } finally {
      await finish(connection, session.changedSchema(), scope);
    }
  }

  /** Drops what was put off, or undoes what was made; a failure is made good by the next transaction. */
  async function finish(
    connection: Connection,
    changedSchema: boolean,
    scope: TransactionScope,
  ): Promise<void> {
    if (changedSchema) await beside.use(settleNotes).catch(() => undefined);
    if (scope === 'all') await freeLock(connection).catch(() => connection.destroy());
    connection.release();
  }

  async function commit(end: () => Promise<void>): Promise<void> {
    try {
      await end();
    } catch (error) {
      throw isConnectionLoss(error) ? commitLost(error) : error;
    }
  }

  return {
    run(work, committed, scope) {
      if (inside.getStore()?.open === true)
        return Promise.reject(new Error('a transaction was started inside another'));
      if (closed) return Promise.reject(new AppError('UNAVAILABLE', 'The server is stopping. Try again.'));
      const one = () => together(() => runOne(work, committed, scope));
      const turn = (scope === 'all' ? exclusive(one) : one()).catch((error: unknown) => {
        throw explainCommon(error) ?? error;
      });
      running.add(turn);
      const ended = (): void => void running.delete(turn);
      turn.then(ended, ended);
      return turn;
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}
