import { createHash } from 'node:crypto';
import { AppError } from '../core/errors.ts';
import type { NewColumn, SchemaWriter } from '../core/ports.ts';
import { compile } from './compile.ts';
import type { Dialect, IndexShape, SchemaStep, WriteConnection } from './engine.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';

/**
 * Physical tables. `required` is not a constraint of the database: it may be
 * switched on and off while old rows are empty, so the core checks it. Keys
 * are never empty, and unique columns have a unique index.
 */
interface Context {
  readonly connection: WriteConnection;
  readonly dialect: Dialect;
  /** Hears which table changed its shape. */
  readonly changed: (table: string) => void;
}

const quoted = ({ dialect }: Context, name: string): Fragment => raw(dialect.quote(name));

const run = async ({ connection, dialect }: Context, step: SchemaStep, fragment: Fragment): Promise<void> => {
  const statement = compile(fragment, dialect);
  if (connection.alter === undefined) await connection.run(statement);
  else await connection.alter(step, statement);
};

/** The same name for the same index, on every engine (at most 30 characters). */
export function indexName(table: string, columns: readonly string[], unique: boolean): string {
  const hash = createHash('sha256').update(JSON.stringify([table, columns]));
  return `rg_${unique ? 'u' : 'i'}_${hash.digest('hex').slice(0, 20)}`;
}

async function createTable(context: Context, name: string, columns: readonly NewColumn[]): Promise<void> {
  const { dialect } = context;
  const keys = columns.filter((column) => column.key);
  const inline = keys.length === 1 && keys[0]?.storage === 'integer';
  const lines = columns.map((column) => {
    const type = dialect.nativeType(column.storage, column);
    const spelled = column.key && (inline ? dialect.integerKey(column.autoIncrement) : `${type} not null`);
    return sql`${quoted(context, column.name)} ${raw(spelled || type)}`;
  });
  if (keys.length > 0 && !inline) {
    lines.push(
      sql`primary key (${join(
        keys.map((key) => quoted(context, key.name)),
        ', ',
      )})`,
    );
  }
  await run(
    context,
    { kind: 'createTable', table: name },
    sql`create table ${quoted(context, name)} (${join(lines, ', ')})${raw(dialect.tableOptions)}`,
  );
  for (const column of columns)
    if (column.unique && !(column.key && keys.length === 1))
      await createIndex(context, name, [column.name], true);
  context.changed(name);
}

async function createIndex(
  context: Context,
  table: string,
  columns: readonly string[],
  unique: boolean,
): Promise<void> {
  const index = { name: indexName(table, columns, unique), unique, columns };
  try {
    const statement = raw(await context.dialect.createIndex(index, table, context.connection));
    await run(context, { kind: 'createIndex', table, index }, statement);
  } catch (error) {
    throw await context.connection.explain(error, { table, columns, values: [] });
  }
}

/** By its columns, not by its name: an index of an import is named otherwise. */
async function findIndex(context: Context, table: string, columns: readonly string[], unique: boolean) {
  const same = (index: IndexShape): boolean =>
    index.unique === unique &&
    index.columns.length === columns.length &&
    index.columns.every((column, at) => column === columns[at]);
  return (await context.connection.indexes(table)).find(same);
}

async function indexesOf(context: Context, table: string, column: string): Promise<IndexShape[]> {
  return (await context.connection.indexes(table)).filter((index) => index.columns.includes(column));
}

const removeIndex = (context: Context, name: string, table: string): Promise<void> =>
  run(context, { kind: 'dropIndex', table, name }, raw(context.dialect.dropIndex(name, table)));

async function addColumn(context: Context, table: string, column: NewColumn): Promise<void> {
  if (column.key)
    throw new AppError('COLUMN_OP_FAILED', 'A key column cannot be added to a table that exists.');
  const type = raw(context.dialect.nativeType(column.storage, column));
  await run(
    context,
    { kind: 'addColumn', table, column: column.name },
    sql`alter table ${quoted(context, table)} add column ${quoted(context, column.name)} ${type}`,
  );
  if (column.unique) await createIndex(context, table, [column.name], true);
  context.changed(table);
}

async function dropColumn(context: Context, table: string, column: string): Promise<void> {
  if ((await context.connection.keyColumns(table)).includes(column)) {
    throw new AppError('COLUMN_OP_FAILED', 'A column of the primary key cannot be deleted.');
  }
  for (const { name } of await indexesOf(context, table, column)) await removeIndex(context, name, table);
  await run(
    context,
    { kind: 'dropColumn', table, column },
    sql`alter table ${quoted(context, table)} drop column ${quoted(context, column)}`,
  );
  context.changed(table);
}

async function renameColumn(context: Context, table: string, from: string, to: string): Promise<void> {
  await run(
    context,
    { kind: 'renameColumn', table, from, to },
    sql`alter table ${quoted(context, table)} rename column ${quoted(context, from)} to ${quoted(context, to)}`,
  );
  // Names of indexes follow their columns, or a later column of the old name could have none.
  for (const { name, columns, unique } of await indexesOf(context, table, to)) {
    await removeIndex(context, name, table);
    await createIndex(context, table, columns, unique);
  }
  context.changed(table);
}

/** Changes physical tables in the transaction of `connection`. */
export function createSchemaWriter(
  connection: WriteConnection,
  dialect: Dialect,
  changed: (table: string) => void,
): SchemaWriter {
  const context: Context = { connection, dialect, changed };
  return {
    createTable: (name, columns) => createTable(context, name, columns),
    async dropTable(name) {
      await run(context, { kind: 'dropTable', table: name }, sql`drop table ${quoted(context, name)}`);
      changed(name);
    },
    addColumn: (table, column) => addColumn(context, table, column),
    dropColumn: (table, column) => dropColumn(context, table, column),
    renameColumn: (table, from, to) => renameColumn(context, table, from, to),
    createIndex: (table, columns, unique) => createIndex(context, table, columns, unique),
    async dropIndex(table, columns, unique) {
      const index = await findIndex(context, table, columns, unique);
      if (index !== undefined) await removeIndex(context, index.name, table);
    },
  };
}
