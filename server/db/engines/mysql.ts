import type { EngineConnection, ReadConnection, Sql } from '../engine.ts';
import { joinBytes } from './mysql/bytes.ts';
import { createDialect } from './mysql/dialect.ts';
import { isConnectionLoss } from './mysql/errno.ts';
import { explainCommon, explainRead } from './mysql/errors.ts';
import { type Answer, askServer, type Connections, createConnections } from './mysql/pool.ts';
import { toExecution } from './mysql/session.ts';
import { createTransactions } from './mysql/transactions.ts';
import type { ServerSettings } from './serverSettings.ts';

/** A statement that only reads is asked once more when its connection had died while it was idle. */
async function askToRead(reading: Connections, sql: Sql, arrays: boolean): Promise<Answer> {
  try {
    return await reading.use((connection) => connection.run(sql, arrays));
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    return reading.use((connection) => connection.run(sql, arrays));
  }
}

function createReads(reading: Connections) {
  const counts = { light: 0, heavy: 0 };
  const rows = async (sql: Sql): Promise<unknown[][]> => {
    try {
      return (await askToRead(reading, sql, true)) as unknown[][];
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
      return joinBytes(sql, await rows(sql));
    },
    estimateRows: () => 0,
    foreignVersion: () => undefined,
  };
  return { connection, counts };
}

const onlyReads = ({ text }: Sql): boolean => /^\s*select\b/i.test(text);

/**
 * Connects to a database on a MySQL or MariaDB server. Half of the connections
 * are for transactions: those may wait for reads, never the other way round.
 *
 * @throws AppError UNAVAILABLE when the server cannot be reached
 */
export async function connectMysql(settings: ServerSettings): Promise<EngineConnection> {
  const server = await askServer(settings);
  const limit = Math.max(1, Math.floor(settings.connections / 2));
  const reading = createConnections(
    settings,
    Math.max(1, settings.connections - limit - 1),
    server,
    settings.readTimeout,
  );
  const writing = createConnections(settings, limit, server, 0);
  const beside = createConnections(settings, 1, server, 0);
  const dialect = createDialect(server);
  const { connection, counts } = createReads(reading);
  const { database } = settings;
  const transactions = createTransactions({ server, dialect, database, writing, beside, limit });
  return {
    dialect,
    read: connection,
    async execute(sql) {
      try {
        if (onlyReads(sql)) return toExecution(await askToRead(reading, sql, false));
        return toExecution(await writing.use((one) => one.run(sql, false)));
      } catch (error) {
        throw explainCommon(error) ?? error;
      }
    },
    transaction: transactions.run,
    dataVersion: undefined,
    readCounts: () => ({ ...counts }),
    async close() {
      await transactions.close();
      await Promise.all([reading.close(), writing.close(), beside.close()]);
    },
  };
}
