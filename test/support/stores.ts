import type { ApiToken, Session } from '../../server/core/model.ts';
import type { ColumnRow, NewUser, Stores, TableRow } from '../../server/core/ports.ts';
import type { Dialect, Execute } from '../../server/db/engine.ts';
import { createStores } from '../../server/db/meta/index.ts';
import { migrate } from '../../server/db/migrations/migrate.ts';
import { openers } from './openEngines.ts';
import { testEngine } from './testEngine.ts';

/** Stores on a real, migrated database; `statements` lists what ran since it was last emptied. */
export async function openTestStores(): Promise<{
  readonly stores: Stores;
  readonly execute: Execute;
  readonly dialect: Dialect;
  readonly statements: string[];
  close(): Promise<void>;
}> {
  const { database, close } = await openers[testEngine]();
  await migrate(database, database.dialect);
  const statements: string[] = [];
  const execute: Execute = (sql) => {
    statements.push(sql.text);
    return database.execute(sql);
  };
  return {
    stores: createStores(execute, database.dialect, () => 1000),
    execute,
    dialect: database.dialect,
    statements,
    close,
  };
}

export const aUser = (change: Partial<NewUser> = {}): NewUser => ({
  id: 'us1',
  email: 'ann@example.com',
  displayName: 'Ann',
  orgRole: 'viewer',
  status: 'active',
  tokenVersion: 'v1',
  emailVerified: false,
  meta: null,
  avatar: null,
  passwordHash: '$argon2id$secret',
  ...change,
});

export const aSession = (change: Partial<Session> = {}): Session => ({
  id: 'ses1',
  userId: 'us1',
  salt: 'salt',
  generation: 1,
  rotatedAt: 1,
  createdAt: 1,
  lastSeenAt: 1,
  authTime: 1,
  hardUntil: 100,
  address: '::1',
  agent: null,
  revokedAt: null,
  ...change,
});

export const aToken = (change: Partial<ApiToken> = {}): Omit<ApiToken, 'id'> => ({
  userId: 'us1',
  baseId: null,
  name: 'ci',
  hash: 'a'.repeat(64),
  hintPrefix: 'rgp_',
  hintSuffix: 'wxyz',
  expiresAt: null,
  enabled: true,
  revokedAt: null,
  createdAt: 1,
  updatedAt: 1,
  ...change,
});

export const aTable = (change: Partial<TableRow> = {}): TableRow => ({
  id: 'm1',
  baseId: 'p1',
  sourceId: 'b1',
  title: 'Films',
  name: 'nc_films',
  order: 1,
  description: null,
  meta: null,
  createdAt: 1,
  updatedAt: 1,
  ...change,
});

export const aColumn = (change: Partial<ColumnRow> = {}): ColumnRow => ({
  id: 'c1',
  baseId: 'p1',
  tableId: 'm1',
  title: 'Title',
  name: 'title',
  type: 'SingleLineText',
  options: {},
  meta: null,
  key: false,
  autoIncrement: false,
  display: true,
  required: false,
  unique: false,
  system: false,
  defaultValue: null,
  description: null,
  order: 1,
  references: null,
  createdAt: 1,
  updatedAt: 1,
  ...change,
});
