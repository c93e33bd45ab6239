import type { EngineConnection, ReadConnection, Sql } from '../engine.ts';
import { postgresDialect } from './postgres/dialect.ts';
import { explainCommon, explainRead } from './postgres/errors.ts';
import { createPool, type Pool } from './postgres/pool.ts';
import { findsNothing, nothing, onlyReads, toExecution } from './postgres/statements.ts';
import { createTransactions } from './postgres/transactions.ts';
import type { ServerSettings } from './serverSettings.ts';

function createReads(pool: Pool) {
  const counts = { light: 0, heavy: 0 };
  const rows = async (sql: Sql): Promise<unknown[][]> => {
    try {
      return (await pool.ask(sql, 'arrays', true)).rows as unknown[][];
    } catch (error) {
      throw explainRead(error);
    }
  };
  const connection: ReadConnection = {
    rows(sql, weight) {
      counts[weight] += 1;
      return rows(sql);
    },
    async bytes(sql, weight) {
      counts[weight] += 1;
      const first = (await rows(sql))[0]?.[0];
      return first === undefined || first === null ? undefined : Buffer.from(String(first));
    },
    estimateRows: () => 0,
    foreignVersion: () => undefined,
  };
  return { connection, counts };
}

/** Connects to a database on a PostgreSQL server when it is first needed. */
export async function connectPostgres(settings: ServerSettings): Promise<EngineConnection> {
  const pool = createPool(settings);
  const { connection, counts } = createReads(pool);
  const transactions = createTransactions(pool, settings.connections);
  return {
    dialect: postgresDialect,
    read: connection,
    async execute(sql) {
      if (findsNothing(sql)) return nothing;
      const reads = onlyReads(sql);
      try {
        return toExecution(await pool.ask(sql, 'objects', reads), reads);
      } catch (error) {
        throw explainCommon(error) ?? error;
      }
    },
    transaction: transactions.run,
    dataVersion: undefined,
    readCounts: () => ({ ...counts }),
    async close() {
      await transactions.close();
      await pool.close();
    },
  };
}
