import type { ForeignSchema, SourceAddress } from '../../core/ports.ts';
import type { Dialect, EngineConnection, Execute } from '../engine.ts';

/** What an engine offers for databases that others made. */
export interface ExternalEngine<A extends SourceAddress = SourceAddress> {
  /** With `native`. */
  readonly dialect: Dialect;
  /** Connects at once, or throws the driver's error. */
  readonly connect: (address: A) => Promise<EngineConnection>;
  /** A statement that every database of the engine answers. */
  readonly probe: string;
  readonly introspect: (execute: Execute, address: A) => Promise<ForeignSchema>;
  readonly schemas: (execute: Execute) => Promise<string[]>;
  /** What an error of the driver means; by its code, never by its text. */
  readonly explain: (error: unknown) => ForeignFault;
}

/**
 * - unreachable: no server answers there, or not in time
 * - credentials: user, password or database are refused
 * - tls: the connection could not be secured
 * - rights: the user may not do this
 * - structure: a table or column is not there any more
 * - constraint: a rule of the database refuses the values
 * - value: a value does not fit the type of its column
 * - unknown: anything else
 */
export type ForeignFault =
  | 'unreachable'
  | 'credentials'
  | 'tls'
  | 'rights'
  | 'structure'
  | 'constraint'
  | 'foreignKey'
  | 'value'
  | 'unknown';
