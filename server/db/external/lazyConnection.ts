import { AppError } from '../../core/errors.ts';
import type { EngineConnection, WriteConnection } from '../engine.ts';
import type { ExternalEngine } from './engine.ts';
import { answerFault, networkFault } from './faults.ts';

/** Opens the connection; a source that is never read is never reached out to. */
type Connect = () => Promise<EngineConnection>;

const hasCode = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error;

/**
 * A connection that opens at its first use, and tries again at the next one
 * when that fails. Whatever its driver says becomes an AppError that names the
 * source and holds no secret; errors of the program stay what they are.
 */
export function lazyConnection(
  engine: Pick<ExternalEngine, 'dialect' | 'explain'>,
  name: string,
  connect: Connect,
  secured: boolean,
): EngineConnection {
  let opening: Promise<EngineConnection> | undefined;
  let closed = false;
  let answered = false;

  /** The engine's own words are kept, unless more is known of why nobody answers. */
  function faultOf(error: unknown): unknown {
    if (!(error instanceof AppError))
      return answerFault(networkFault(error) ?? engine.explain(error), name, error);
    if (error.code !== 'UNAVAILABLE' && error.code !== 'OUT_OF_SYNC') return error;
    const fault = networkFault(error.cause) ?? engine.explain(error.cause);
    if (fault !== 'unknown') return answerFault(fault, name, error.cause);
    if (error.cause === undefined || hasCode(error.cause)) return error;
    // the driver itself gave up: no answer in time, or none to a wish for TLS
    return answerFault(secured && !answered ? 'tls' : 'unreachable', name, error.cause);
  }

  async function opened(): Promise<EngineConnection> {
    if (closed) throw new AppError('UNAVAILABLE', `${name} is being connected anew. Try again.`);
    opening ??= connect();
    const current = opening;
    try {
      return await current;
    } catch (error) {
      if (opening === current) opening = undefined;
      throw faultOf(error);
    }
  }

  async function ask<T>(question: (connection: EngineConnection) => T | Promise<T>): Promise<T> {
    const connection = await opened();
    try {
      const answer = await question(connection);
      answered = true;
      return answer;
    } catch (error) {
      throw faultOf(error);
    }
  }

  /** Refused writes are explained by the engine first: it can name the field. */
  const explained = (connection: WriteConnection): WriteConnection => ({
    ...connection,
    rows: async (sql) => guarded(() => connection.rows(sql)),
    bytes: async (sql) => guarded(() => connection.bytes(sql)),
    explain: async (error, write) => faultOf(await connection.explain(error, write)),
    insertRows:
      connection.insertRows === undefined
        ? undefined
        : (inserted) => guarded(() => connection.insertRows?.(inserted) ?? []),
  });

  async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error);
    }
  }

  return {
    dialect: engine.dialect,
    read: {
      rows: (sql, weight) => ask(({ read }) => read.rows(sql, weight)),
      bytes: (sql, weight) => ask(({ read }) => read.bytes(sql, weight)),
      estimateRows: () => 0,
      foreignVersion: () => undefined, // others write too, so no count is kept
    },
    execute: (sql) => ask(({ execute }) => execute(sql)),
    async transaction(work, committed, scope) {
      const connection = await opened();
      let own: unknown;
      try {
        return await connection.transaction(
          async (writing) => {
            try {
              return await work(explained(writing));
            } catch (error) {
              own = error;
              throw error;
            }
          },
          committed,
          scope,
        );
      } catch (error) {
        throw error === own && !hasCode(error) ? error : faultOf(error);
      }
    },
    dataVersion: undefined,
    readCounts: () => ({ light: 0, heavy: 0 }),
    async close() {
      closed = true;
      const connection = await opening?.catch(() => undefined);
      await connection?.close();
    },
  };
}
