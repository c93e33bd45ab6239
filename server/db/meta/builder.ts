import type { Dialect as KyselyDialect } from 'kysely';
import {
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Dialect, Execute, Execution, Sql } from '../engine.ts';

/**
 * Builds the statements of our own tables. Kysely writes the text for each
 * engine; it never gets a connection: what it compiles runs through `Execute`.
 */

export type DialectName = Dialect['name'];

type Row = Record<string, unknown>;

export const metaTables = [
  'rg_user',
  'rg_session',
  'rg_token',
  'rg_token_secret',
  'rg_token_usage',
  'rg_base',
  'rg_source',
  'rg_member',
  'rg_table',
  'rg_column',
  'rg_view',
  'rg_view_column',
  'rg_filter',
  'rg_sort',
  'rg_setting',
  'rg_sequence',
  'rg_audit',
  'rg_job',
  'rg_epoch',
  'rg_invalidation',
  'rg_instance',
  'rg_migration',
] as const;
export type MetaTable = (typeof metaTables)[number];

export type Builder = Kysely<Record<MetaTable, Row>>;

/** Anything Kysely can turn into one statement. */
export interface Compilable {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] };
}

const dialects: Record<DialectName, Omit<KyselyDialect, 'createDriver'>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mysql: {
    createAdapter: () => new MysqlAdapter(),
    createIntrospector: (db) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
};

const builders = new Map<DialectName, Builder>();

export function builderOf(name: DialectName): Builder {
  let builder = builders.get(name);
  if (builder === undefined) {
    builder = new Kysely({ dialect: { ...dialects[name], createDriver: () => new DummyDriver() } });
    builders.set(name, builder);
  }
  return builder;
}

export function toSql(statement: Compilable): Sql {
  const { sql, parameters } = statement.compile();
  return { text: sql, params: parameters };
}

/** What a store needs: the builder, and a way to run what was built. */
export interface Meta {
  readonly dialect: DialectName;
  readonly build: Builder;
  run(statement: Compilable): Promise<Execution>;
  /**
   * Runs a hot statement whose text is compiled once in the life of the
   * process, under `name`; `build` writes it with any values in the places of
   * `params`.
   */
  runHot(
    name: string,
    build: (builder: Builder) => Compilable,
    params: readonly unknown[],
  ): Promise<Execution>;
}

const hotTexts = new Map<string, string>();

export function createMeta(execute: Execute, dialect: DialectName): Meta {
  const build = builderOf(dialect);
  return {
    dialect,
    build,
    run: async (statement) => execute(toSql(statement)),
    async runHot(name, write, params) {
      const key = `${dialect} ${name}`;
      let text = hotTexts.get(key);
      if (text === undefined) {
        text = toSql(write(build)).text;
        hotTexts.set(key, text);
      }
      return execute({ text, params });
    },
  };
}
