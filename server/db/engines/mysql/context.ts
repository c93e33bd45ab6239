import type { Dialect } from '../../engine.ts';
import type { Connections } from './pool.ts';
import type { Server } from './server.ts';

/** What transactions work with. */
export interface TransactionContext {
  readonly server: Server;
  readonly dialect: Dialect;
  readonly database: string;
  /** Connections for transactions, and one for statements that run beside them. */
  readonly writing: Connections;
  readonly beside: Connections;
  /** Transactions at a time. */
  readonly limit: number;
}
