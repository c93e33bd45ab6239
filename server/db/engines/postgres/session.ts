import type pg from 'pg';
import type { Sql, WriteConnection } from '../../engine.ts';
import { type Look, listIndexes, listKeyColumns } from './catalog.ts';
import { answerOf, isLost } from './errors.ts';
import { advanceKey, insertRows } from './insertRows.ts';
import type { Pool } from './pool.ts';
import { explainWrite } from './refusals.ts';
import { asArrays, asObjects, findsNothing, nothing, onlyReads, toExecution } from './statements.ts';

/** One transaction on one connection. */
export interface Session {
  readonly connection: WriteConnection;
  begin(text: string): Promise<void>;
  /** Ends the transaction; throws the error of a statement that failed, even if nobody minded it. */
  end(text: 'commit'): Promise<void>;
  /** After the end. */
  release(): void;
  /** Rolls back whatever is there and gives the connection back. */
  abandon(error: unknown): Promise<void>;
  isOpen(): boolean;
}

export function createSession(pool: Pool, client: pg.PoolClient): Session {
  let open = true;
  let given = false;
  /** Set by the first statement that failed: nothing after it can be kept. */
  let failure: { readonly error: unknown } | undefined;
  /** Where the transaction can be taken back to, to look at tables it made itself. */
  let marked = false;

  async function ask<T>(query: Promise<T>): Promise<T> {
    try {
      return await answerOf(query);
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  }
  const look: Look = async (sql) => (await ask(client.query(asArrays(sql)))).rows as unknown[][];
  async function mark(): Promise<void> {
    await ask(client.query(`${marked ? 'release savepoint rg; ' : ''}savepoint rg`));
    marked = true;
  }
  async function run(sql: Sql): Promise<{ changes: number; insertId: null }> {
    const { rowCount } = await ask(client.query(asArrays(sql)));
    return { changes: rowCount ?? 0, insertId: null };
  }
  async function alter(_step: unknown, sql: Sql): Promise<void> {
    await mark();
    await run(sql);
    await mark();
  }
  /** What was written is lost in any case: whoever hears of the refusal gives up the transaction. */
  async function recover(): Promise<Look> {
    await answerOf(client.query(marked ? 'rollback to savepoint rg' : 'rollback'));
    return async (sql) => (await answerOf(client.query(asArrays(sql)))).rows as unknown[][];
  }

  const alive = (): void => {
    if (!open) throw new Error('a transaction was used after its end');
  };
  const checked =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      alive();
      return call(...args);
    };
  const connection: WriteConnection = {
    run: checked(run),
    alter: checked(alter),
    insertRows: checked((inserted) => insertRows(inserted, { client, connection, failed: ask })),
    advanceKey: checked((table) => advanceKey(table, look)),
    rows: checked(look),
    bytes: checked(async (sql: Sql) => {
      const first = (await look(sql))[0]?.[0];
      return first === undefined || first === null ? undefined : Buffer.from(String(first));
    }),
    explain: (error, write) => explainWrite(error, write, recover),
    indexes: checked((table: string) => listIndexes(look, table)),
    keyColumns: checked((table: string) => listKeyColumns(look, table)),
    execute: checked(async (sql: Sql) =>
      findsNothing(sql) ? nothing : toExecution(await ask(client.query(asObjects(sql))), onlyReads(sql)),
    ),
    pause: undefined,
  };

  return {
    connection,
    isOpen: () => open,
    async begin(text) {
      await answerOf(client.query(text));
    },
    async end(text) {
      if (failure !== undefined) throw failure.error;
      await answerOf(client.query(text));
      open = false;
    },
    release() {
      given = true;
      pool.release(client, false);
    },
    async abandon(error) {
      open = false;
      if (given) return;
      given = true;
      let broken = isLost(error) || (failure !== undefined && isLost(failure.error));
      if (!broken)
        await client.query('rollback').catch(() => {
          broken = true;
        });
      pool.release(client, broken);
    },
  };
}
