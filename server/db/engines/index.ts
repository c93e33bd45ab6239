import type { EngineConnection } from '../engine.ts';
import { connectMysql } from './mysql.ts';
import { connectPostgres } from './postgres.ts';
import type { ServerSettings } from './serverSettings.ts';
import { connectSqlite, type SqliteSettings } from './sqlite.ts';

/** What each engine must know to find its data. */
export interface EngineSettings {
  readonly sqlite: SqliteSettings;
  readonly postgres: ServerSettings;
  readonly mysql: ServerSettings;
}

export type EngineName = keyof EngineSettings;

/** Which engine, and where its data rests. */
export type EngineAddress = {
  readonly [Name in EngineName]: { readonly engine: Name; readonly settings: EngineSettings[Name] };
}[EngineName];

/** Every engine there is. */
export const engines: {
  readonly [Name in EngineName]: (settings: EngineSettings[Name]) => Promise<EngineConnection>;
} = {
  sqlite: connectSqlite,
  postgres: connectPostgres,
  mysql: connectMysql,
};

/** Opens the database of an address with its engine. */
export const connect = <Name extends EngineName>(address: {
  readonly engine: Name;
  readonly settings: EngineSettings[Name];
}): Promise<EngineConnection> => engines[address.engine](address.settings);
