import type { EngineConnection } from '../engine.ts';
import { connectSqlite, type SqliteSettings } from './sqlite.ts';

/** Which engine, and where its data rests. */
export type EngineAddress = { readonly engine: 'sqlite'; readonly settings: SqliteSettings };

/** Every engine there is. */
export const engines: Readonly<
  Record<EngineAddress['engine'], (settings: SqliteSettings) => Promise<EngineConnection>>
> = {
  sqlite: connectSqlite,
};
