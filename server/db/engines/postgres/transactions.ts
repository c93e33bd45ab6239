import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../../../core/errors.ts';
import type { TransactionScope } from '../../../core/ports.ts';
import type { WriteConnection } from '../../engine.ts';
import { explainCommon, isLost } from './errors.ts';
import type { Pool } from './pool.ts';
import { createSession, type Session } from './session.ts';
import { createTurns } from './turns.ts';

export interface Transactions {
  run<T>(
    work: (connection: WriteConnection) => Promise<T>,
    committed: () => void,
    scope: TransactionScope,
  ): Promise<T>;
  /** Waits for those that were asked for; later ones are refused. */
  close(): Promise<void>;
}

/** Our number among the advisory locks of the database: 'rowgate' in ASCII. */
const lockNumber = '32210705971246181';
/** Milliseconds a write waits for one of another process. */
const longestWait = 30_000;

// A long import is no reason to stop it; waiting for others is.
const begin = `begin; set local statement_timeout = 0; set local lock_timeout = ${longestWait}`;
const beginFor: Readonly<Record<TransactionScope, string>> = {
  all: `${begin}; select pg_advisory_xact_lock(${lockNumber})`,
  records: begin,
};

const commitLost = (cause: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    'The connection to the database broke while the change was being kept. Look whether it was made before you send it again.',
    undefined,
    cause,
  );

async function commit(session: Session): Promise<void> {
  try {
    await session.end('commit');
  } catch (error) {
    throw isLost(error) ? commitLost(error) : error;
  }
}

/**
 * Those of scope `all` go one after the other, here by waiting and across
 * processes by a lock of the database; those of scope `records` beside them.
 * Half of the connections stay free for reads, which transactions may wait for.
 */
export function createTransactions(pool: Pool, connections: number): Transactions {
  const inside = new AsyncLocalStorage<Session>();
  const exclusive = createTurns(1);
  const together = createTurns(Math.max(1, Math.floor(connections / 2)));
  const running = new Set<Promise<unknown>>();
  let closed = false;

  /** Connections that had died while they were idle are replaced; several may have died together. */
  async function open(scope: TransactionScope): Promise<Session> {
    for (let tries = connections; ; tries -= 1) {
      const client = await pool.take();
      const mayHaveDied = pool.isOld(client);
      const session = createSession(pool, client);
      try {
        await session.begin(beginFor[scope]);
        return session;
      } catch (error) {
        await session.abandon(error);
        if (!mayHaveDied || !isLost(error) || tries === 0) throw error;
      }
    }
  }

  async function runOne<T>(
    work: (connection: WriteConnection) => Promise<T>,
    committed: () => void,
    scope: TransactionScope,
  ): Promise<T> {
    const session = await open(scope);
    try {
      const result = await inside.run(session, () => work(session.connection));
      await commit(session);
      committed();
      session.release();
      return result;
    } catch (error) {
      await session.abandon(error);
      throw error;
    }
  }

  return {
    run(work, committed, scope) {
      if (inside.getStore()?.isOpen() === true)
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
