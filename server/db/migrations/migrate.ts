import type { Database, Dialect, Execute } from '../engine.ts';
import { type Builder, builderOf, type DialectName, toSql } from '../meta/builder.ts';
import { initial } from './0001-initial.ts';
import { views } from './0002-views.ts';
import { instances } from './0003-instances.ts';
import { sources } from './0004-sources.ts';
import type { Migration } from './types.ts';
import { nativeTypes } from './types.ts';

/** In order. A migration that was released never changes; a correction is a new one. */
export const migrations: readonly Migration[] = [initial, views, instances, sources];

async function readApplied(execute: Execute, build: Builder, dialect: DialectName): Promise<string[]> {
  const types = nativeTypes[dialect];
  const table = build.schema
    .createTable('rg_migration')
    .ifNotExists()
    .addColumn('name', types.varchar(128), (column) => column.notNull().primaryKey())
    .addColumn('applied_at', types.bigint, (column) => column.notNull());
  await execute(toSql(table));
  const { rows } = await execute(toSql(build.selectFrom('rg_migration').select('name').orderBy('name')));
  return rows.map((row) => String(row.name));
}

function refuseUnknown(applied: readonly string[], list: readonly Migration[]): void {
  const unknown = applied.filter((name) => !list.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database was changed by a newer version of Rowgate: it has the migration${unknown.length > 1 ? 's' : ''} ` +
      `${unknown.map((name) => `'${name}'`).join(', ')}, which this version does not know. Nothing was changed. ` +
      'Start the newer version, or restore the backup made before the upgrade.',
  );
}

/**
 * Brings our own tables up to date; returns the names of the migrations it
 * applied. Each runs in a transaction of its own that first reads what is
 * applied: a second process that starts at once waits, and then finds nothing
 * left to do. Throws when the database is newer than this program.
 */
export async function migrate(
  /** Its transactions exclude every other writer from the first statement on (SQLite: `begin immediate`). */
  database: Pick<Database, 'transaction'>,
  dialect: Pick<Dialect, 'name' | 'wasDone'>,
  now: () => number = Date.now,
  list: readonly Migration[] = migrations,
): Promise<string[]> {
  const build = builderOf(dialect.name);
  const done: string[] = [];
  for (;;) {
    const name = await database.transaction(async ({ execute }) => {
      const applied = await readApplied(execute, build, dialect.name);
      refuseUnknown(applied, list);
      const next = list.find((migration) => !applied.includes(migration.name));
      if (next === undefined) return undefined;
      for (const statement of next.statements(build, dialect.name)) {
        try {
          await execute(toSql(statement));
        } catch (error) {
          // A process that ended here before has done some of it for good.
          if (dialect.wasDone?.(error) !== true) throw error;
        }
      }
      await execute(toSql(build.insertInto('rg_migration').values({ name: next.name, applied_at: now() })));
      return next.name;
    });
    if (name === undefined) return done;
    done.push(name);
  }
}
