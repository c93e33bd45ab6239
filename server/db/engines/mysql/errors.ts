import { AppError } from '../../../core/errors.ts';
import type { RefusedWrite, Sql } from '../../engine.ts';
import { bound, join, raw, sql, toSql } from '../../fragment.ts';
import { causeOf, errno, numberOf } from './errno.ts';
import { listIndexes, listKeyColumns } from './indexes.ts';
import { quote, readName, storedName } from './names.ts';
import type { Server } from './server.ts';

const unavailable = (message: string, cause: unknown): AppError =>
  new AppError('UNAVAILABLE', message, undefined, cause);

/** What can happen to reads and writes alike; undefined for anything else. */
export function explainCommon(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  switch (causeOf(error)) {
    case 'busy':
      return unavailable('The database is busy with another write; nothing was written. Try again.', error);
    case 'late':
      return unavailable('The database took too long to answer. Ask for less, or try again.', error);
    case 'lost':
      return unavailable('The connection to the database broke. Try again.', error);
    case 'full':
      return unavailable('The database has no room left for this at the moment. Try again.', error);
    case 'changedElsewhere':
      return new AppError(
        'OUT_OF_SYNC',
        'The table was changed while this request ran; nothing was written. Send it again.',
        undefined,
        error,
      );
    case 'rights':
      return new AppError(
        'DATABASE_OP_FAILED',
        'The user of the database may not do this. Ask for the right on the table.',
        undefined,
        error,
      );
    case 'packetTooLarge':
      return new AppError(
        'PAYLOAD_TOO_LARGE',
        'The database takes no statement of this size; nothing was written. Send less at once.',
        undefined,
        error,
      );
    default:
      return undefined;
  }
}

/** What a refused read means to a caller; what only we can have caused comes back as it is. */
export function explainRead(error: unknown): unknown {
  const cause = causeOf(error);
  if (cause === 'unfit')
    return new AppError(
      'INVALID_FILTER',
      'A value to compare with is out of the range that the database knows.',
      undefined,
      error,
    );
  if (cause === 'tooComplex')
    return new AppError('INVALID_FILTER', 'The filter is too complex. Use fewer terms.', undefined, error);
  return explainCommon(error) ?? error;
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

const duplicateKey = (cause: unknown): AppError =>
  new AppError('DUPLICATE_RECORD', 'A record with this key already exists.', undefined, cause);

interface Context {
  readonly server: Server;
  readonly rows: (sql: Sql) => Promise<unknown[][]>;
}

const name = (identifier: string) => raw(quote(identifier));
const ask = ({ rows }: Context, statement: Parameters<typeof toSql>[0]): Promise<unknown[][]> =>
  rows(toSql(statement, () => '?'));

/** What a refused write of the transaction means to a caller. */
export async function explainWrite(context: Context, error: unknown, write: RefusedWrite): Promise<unknown> {
  const number = numberOf(error);
  if (number === errno.duplicate) return explainDuplicate(context, error, write);
  if (number === errno.nullValue || number === errno.noDefault) return explainMissing(context, error, write);
  return explainSize(error, write.columns) ?? explainCommon(error) ?? error;
}

/** A value, record, table or index that is too large. */
export function explainSize(error: unknown, columns: readonly string[]): AppError | undefined {
  switch (causeOf(error)) {
    case 'unfit':
      return new AppError(
        'INVALID_VALUE_FOR_FIELD',
        `A value does not fit its field${columns.length === 1 ? ` '${columns[0]}'` : ''}: the database cannot hold it there.`,
        columns.length === 1 ? { fieldName: columns[0] } : undefined,
        error,
      );
    case 'rowTooLarge':
      return new AppError(
        'TABLE_OP_FAILED',
        'The database holds about 8000 bytes of short values in a record. Use fewer or shorter fields.',
        undefined,
        error,
      );
    case 'tooManyParts':
      return new AppError(
        'COLUMN_OP_FAILED',
        'The database cannot build this: a table or an index would have too many or too long parts.',
        undefined,
        error,
      );
    default:
      return undefined;
  }
}

/** Asks the key and each unique index of the written columns which one the values break. */
async function explainDuplicate(context: Context, error: unknown, write: RefusedWrite): Promise<AppError> {
  const key = await listKeyColumns(write.table, context.rows);
  const covers = (columns: readonly string[]): boolean =>
    columns.length > 0 && columns.every((column) => write.columns.includes(column));
  if (write.values.length === 0) {
    // An index that could not be made, or rows that were copied: what is in the way was there before.
    const repeated = await findRepeated(context, write.table, write.columns);
    if (repeated === undefined && covers(key)) return duplicateKey(error);
    return uniqueViolation(write.columns, repeated ?? [], error);
  }
  const writtenTo = (column: string): unknown => write.values[write.columns.indexOf(column)];
  if (covers(key) && (await isTaken(context, write, key, key.map(writtenTo)))) return duplicateKey(error);
  const candidates = (await listIndexes(context.server, write.table, context.rows)).filter(
    ({ unique, columns }) => unique && columns.some((column) => write.columns.includes(column)),
  );
  for (const { columns } of candidates) {
    const values = columns.map(writtenTo);
    if (covers(columns) && (await isTaken(context, write, columns, values)))
      return uniqueViolation(columns, values, error);
  }
  const columns = (candidates.find((index) => covers(index.columns)) ?? candidates[0])?.columns;
  if (columns === undefined) return duplicateKey(error);
  return uniqueViolation(columns, columns.map(writtenTo), error);
}

async function isTaken(
  context: Context,
  write: RefusedWrite,
  columns: readonly string[],
  values: readonly unknown[],
): Promise<boolean> {
  const equals = (names: readonly string[], bindings: readonly unknown[]) =>
    join(
      names.map((column, index) => sql`${name(column)} = ${bound(bindings[index] ?? null)}`),
      ' and ',
    );
  const others =
    write.row === undefined ? raw('') : sql` and not (${equals(write.row.columns, write.row.values)})`;
  const statement = sql`select 1 from ${name(write.table)} where ${equals(columns, values)}${others} limit 1`;
  return (await ask(context, statement)).length > 0;
}

/** Throws what a unique index over the columns would be refused with. */
export async function requireNoRepeats(
  context: Context,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const repeated = await findRepeated(context, table, columns);
  if (repeated !== undefined) throw uniqueViolation(columns, repeated, undefined);
}

/** A value that several rows have, for an index that could not be made. */
async function findRepeated(
  context: Context,
  table: string,
  columns: readonly string[],
): Promise<unknown[] | undefined> {
  const list = join(columns.map(name), ', ');
  const filled = join(
    columns.map((column) => sql`${name(column)} is not null`),
    ' and ',
  );
  const statement = sql`select ${list} from ${name(table)} where ${filled} group by ${list} having count(*) > 1 limit 1`;
  return (await ask(context, statement))[0];
}

async function explainMissing(context: Context, error: unknown, write: RefusedWrite): Promise<AppError> {
  const found = await context.rows({
    text: "select column_name from information_schema.columns where table_schema = database() and table_name = ? and is_nullable = 'NO' and extra not like '%auto_increment%' order by ordinal_position",
    params: [storedName(write.table)],
  });
  const columns = found.map(([column]) => readName(String(column)));
  const missing = columns.find((column) => {
    const index = write.columns.indexOf(column);
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
