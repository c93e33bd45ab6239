import type { ResultSetHeader } from 'mysql2';
import type { RawValue, TransactionScope } from '../../../core/ports.ts';
import type { Execution, Sql, WriteConnection } from '../../engine.ts';
import { joinBytes } from './bytes.ts';
import type { TransactionContext } from './context.ts';
import { explainSize, explainWrite, requireNoRepeats } from './errors.ts';
import { listIndexes, listKeyColumns, spellIndex } from './indexes.ts';
import { insertRows } from './insert.ts';
import { quote } from './names.ts';
import type { Answer, Connection } from './pool.ts';
import { createSchemaSteps } from './schemaSteps.ts';

/** What one transaction does on its connection. */
export interface Session {
  readonly connection: WriteConnection;
  readonly commit: () => Promise<void>;
  readonly changedSchema: () => boolean;
}

const headerOf = (answer: Answer): ResultSetHeader => answer as ResultSetHeader;

/** Rows of a query; what a statement changed otherwise. */
export function toExecution(answer: Answer): Execution {
  if (Array.isArray(answer)) return { rows: answer as Record<string, unknown>[], changes: 0 };
  const { affectedRows, insertId } = answer;
  return { rows: [], changes: Number(affectedRows), ...(insertId !== 0 && { insertId }) };
}

export function createSession(
  { server, dialect, beside }: TransactionContext,
  connection: Connection,
  state: { readonly open: boolean },
  scope: TransactionScope,
): Session {
  /** What was asked since the last commit: its tables are locked against changes of their shape. */
  const asked = new Set<string>();
  const ask = (sql: Sql, arrays: boolean): Promise<Answer> => {
    asked.add(sql.text);
    return connection.run(sql, arrays);
  };
  const rows = async (sql: Sql): Promise<unknown[][]> => (await ask(sql, true)) as unknown[][];
  const steps = createSchemaSteps({
    aside: beside.use,
    async letGo(table) {
      const name = quote(table);
      if (![...asked].some((text) => text.includes(name))) return;
      await connection.command('commit');
      await connection.command('start transaction');
      asked.clear();
    },
    indexes: (table) => listIndexes(server, table, rows),
    spellIndex: (index, table) => spellIndex(server, index, table, { rows }),
    requireNoRepeats: (table, columns) => requireNoRepeats({ server, rows }, table, columns),
  });

  const checked =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      if (!state.open) throw new Error('a transaction was used after its end');
      return call(...args);
    };
  const run = async (sql: Sql) => {
    const { affectedRows, insertId } = headerOf(await ask(sql, true));
    return { changes: Number(affectedRows), insertId: insertId as RawValue };
  };
  const writing: WriteConnection = {
    insertRows: checked((inserted) => insertRows(inserted, { dialect, connection: writing }, 1)),
    run: checked(run),
    rows: checked(rows),
    bytes: checked(async (sql: Sql) => joinBytes(sql, await rows(sql))),
    explain: (error, write) => explainWrite({ server, rows }, error, write),
    indexes: checked((table: string) => listIndexes(server, table, rows)),
    keyColumns: checked((table: string) => listKeyColumns(table, rows)),
    execute: checked(async (sql: Sql) => toExecution(await ask(sql, false))),
    alter: checked((step, sql) => {
      if (scope !== 'all') throw new Error('a transaction of records changed a table');
      return steps.run(step, sql).catch((error: unknown) => {
        throw explainSize(error, []) ?? error;
      });
    }),
    advanceKey: undefined,
    pause: undefined,
  };
  return {
    connection: writing,
    changedSchema: steps.any,
    async commit() {
      if (steps.any()) for (const sql of steps.lastStatements()) await connection.run(sql, true);
      await connection.command('commit');
    },
  };
}
