import type { ServerAddress } from '../../core/ports/sources.ts';

/** How a database server is reached and used. */
export interface ServerSettings extends Omit<ServerAddress, 'engine'> {
  /** Most connections at a time, at least 2. */
  readonly connections: number;
  /** Milliseconds after which a read is given up. */
  readonly readTimeout: number;
}
