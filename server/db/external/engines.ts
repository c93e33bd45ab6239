import type { SourceAddress } from '../../core/ports.ts';
import type { ExternalEngine } from './engine.ts';
import { externalMysql } from './mysql.ts';
import { externalPostgres } from './postgres.ts';
import { externalSqlite } from './sqlite.ts';

/** Engines whose databases can be connected. */
const engines: { readonly [E in SourceAddress['engine']]?: unknown } = {
  sqlite: externalSqlite,
  postgres: externalPostgres,
  mysql: externalMysql,
};

/** The engine of an address, ready for it. */
export const engineOf = (address: SourceAddress): ExternalEngine | undefined =>
  engines[address.engine] as ExternalEngine | undefined;
