import { AppError } from '../../../core/errors.ts';
import type { IndexShape, RefusedWrite } from '../../engine.ts';
import { bound, join, raw, sql, toSql } from '../../fragment.ts';
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';

const quoted = (name: string) => raw(sqliteDialect.quote(name));
const run = (connection: Connection, statement: Parameters<typeof toSql>[0]): unknown[][] =>
  connection.rows(toSql(statement, sqliteDialect.placeholder));

/** Indexes made by `create index`, and with `constraints` those of unique constraints too; none of partial ones. */
export function listIndexes(connection: Connection, table: string, constraints = false): IndexShape[] {
  const origins = raw(constraints ? "('c', 'u')" : "('c')");
  const rows = run(
    connection,
    sql`select l.name, l."unique", i.name from pragma_index_list(${bound(table)}) l, pragma_index_info(l.name) i
      where l.origin in ${origins} and l.partial = 0 and i.name is not null order by l.seq, i.seqno`,
  ) as [string, number, string][];
  const shapes = new Map<string, { name: string; unique: boolean; columns: string[] }>();
  for (const [name, unique, column] of rows) {
    const shape = shapes.get(name);
    if (shape === undefined) shapes.set(name, { name, unique: unique === 1, columns: [column] });
    else shape.columns.push(column);
  }
  return [...shapes.values()];
}

/** The error code of SQLite, extended, e.g. SQLITE_CONSTRAINT_UNIQUE. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

export const databaseBusy = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The database is busy with another write. Try again.', undefined, cause);

/** What an error of the driver means to a caller; errors that only we can have caused come back as they are. */
export function explainError(
  connection: Connection,
  error: unknown,
  write: RefusedWrite | undefined,
): unknown {
  const code = codeOf(error);
  if (isBusy(error)) return databaseBusy(error);
  if (code === 'SQLITE_FULL') {
    return new AppError(
      'UNAVAILABLE',
      'The disk of the database is full; nothing was written.',
      undefined,
      error,
    );
  }
  if (write === undefined) return error;
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') return explainUnique(connection, error, write);
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_ROWID') {
    return new AppError('DUPLICATE_RECORD', 'A record with this key already exists.', undefined, error);
  }
  if (code === 'SQLITE_CONSTRAINT_NOTNULL') return explainMissing(connection, error, write);
  return error;
}

const display = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : (value ?? null));

function uniqueViolation(columns: readonly string[], values: readonly unknown[], cause: unknown): AppError {
  const [fieldName, value] = [columns.join(', '), values.map(display).join(', ')];
  return new AppError(
    'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
    `${fieldName} field unique constraint violation. Value '${value}' already exists.`,
    { fieldName, value: values.length === 1 ? display(values[0]) : value },
    cause,
  );
}

/** Asks each unique index of the written columns which one the values break. */
function explainUnique(connection: Connection, error: unknown, write: RefusedWrite): unknown {
  const candidates = listIndexes(connection, write.table, true).filter(
    (index) => index.unique && index.columns.some((column) => write.columns.includes(column)),
  );
  const writtenTo = (column: string): unknown => write.values[write.columns.indexOf(column)];
  if (write.values.length === 0) {
    // An index that could not be made: the rows that are in its way were there before.
    return uniqueViolation(write.columns, findRepeated(connection, write.table, write.columns) ?? [], error);
  }
  for (const { columns } of candidates) {
    const complete = columns.every((column) => write.columns.includes(column));
    const values = columns.map(writtenTo);
    if (complete && isTaken(connection, write, columns, values))
      return uniqueViolation(columns, values, error);
  }
  const written = candidates.find(({ columns }) => columns.every((column) => write.columns.includes(column)));
  const columns = (written ?? candidates[0])?.columns ?? write.columns;
  return uniqueViolation(columns, columns.map(writtenTo), error);
}

function isTaken(
  connection: Connection,
  write: RefusedWrite,
  columns: readonly string[],
  values: readonly unknown[],
): boolean {
  const equals = (names: readonly string[], bindings: readonly unknown[]) =>
    join(
      names.map((name, index) => sql`${quoted(name)} = ${bound(bindings[index])}`),
      ' and ',
    );
  const others =
    write.row === undefined ? raw('') : sql` and not (${equals(write.row.columns, write.row.values)})`;
  const found = run(
    connection,
    sql`select 1 from ${quoted(write.table)} where ${equals(columns, values)}${others} limit 1`,
  );
  return found.length > 0;
}

/** A value that several rows have, for an index that could not be made. */
function findRepeated(
  connection: Connection,
  table: string,
  columns: readonly string[],
): unknown[] | undefined {
  const list = join(columns.map(quoted), ', ');
  const filled = join(
    columns.map((column) => sql`${quoted(column)} is not null`),
    ' and ',
  );
  return run(
    connection,
    sql`select ${list} from ${quoted(table)} where ${filled} group by ${list} having count(*) > 1 limit 1`,
  )[0];
}

function explainMissing(connection: Connection, error: unknown, write: RefusedWrite): AppError {
  const columns = run(
    connection,
    sql`select name from pragma_table_info(${bound(write.table)}) where "notnull" = 1`,
  ).map(([name]) => String(name));
  const missing = columns.find((name) => {
    const index = write.columns.indexOf(name);
    return index < 0 ? write.row === undefined : (write.values[index] ?? null) === null;
  });
  const fieldName = missing ?? columns[0] ?? '';
  return new AppError(
    'REQUIRED_FIELD_MISSING',
    `Field '${fieldName}' is required and cannot be empty.`,
    { fieldName },
    error,
  );
}
