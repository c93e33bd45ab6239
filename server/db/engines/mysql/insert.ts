import type { RawValue } from '../../../core/ports.ts';
import { type Scope, writeColumn } from '../../compile.ts';
import type { Dialect, InsertedRows, WriteConnection } from '../../engine.ts';
import { bound, join, toSql } from '../../fragment.ts';

/** Rows of one statement, and about how many bytes: a server takes 16 MB at once, some less. */
const mostRows = 256;
const mostBytes = 1_000_000;
const mostParameters = 20_000;

export interface Inserting {
  readonly dialect: Dialect;
  readonly connection: Pick<WriteConnection, 'run' | 'explain'>;
}

const bytesOf = (row: readonly unknown[]): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length * 3 : 8), 0);

/** A power of two: pieces of like sizes share a statement. */
const roundDown = (count: number): number => 2 ** Math.floor(Math.log2(count));

/** How many rows from `start` on go into one statement. */
function pieceSize(
  { columns, rows }: InsertedRows,
  start: number,
  alike: (index: number) => boolean,
): number {
  const most = Math.max(1, Math.min(mostRows, Math.floor(mostParameters / Math.max(1, columns.length))));
  let bytes = bytesOf(rows[start] ?? []);
  let size = 1;
  while (size < most && start + size < rows.length && alike(start + size)) {
    bytes += bytesOf(rows[start + size] as readonly unknown[]);
    if (bytes > mostBytes) break;
    size += 1;
  }
  return roundDown(size);
}

/** `insert into t (a, b) values (?, ?), (?, ?)` */
function statement({ table, columns }: InsertedRows, rows: number, dialect: Dialect): string {
  const into = `insert into ${dialect.quote(table.name)}`;
  if (columns.length === 0) return `${into} () values ${Array.from({ length: rows }, () => '()').join(', ')}`;
  const scope: Scope = { dialect, table: table.name, native: table.native };
  const names = columns.map(({ name }) => dialect.quote(name)).join(', ');
  const places = join(
    columns.map(({ name, storage }) => writeColumn(scope, name, storage, bound(null))),
    ', ',
  );
  const row = `(${toSql(places, dialect.placeholder).text})`;
  return `${into} (${names}) values ${Array.from({ length: rows }, () => row).join(', ')}`;
}

const toRaw = (value: unknown): RawValue => {
  if (typeof value !== 'bigint') return (value ?? null) as RawValue;
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value.toString();
};

/** Numbers of one statement follow each other, as the server gives them at once. */
const follows = (first: RawValue, index: number, step: number): RawValue =>
  toRaw(BigInt(first as string | number) + BigInt(index) * BigInt(step));

/**
 * Adds rows in few statements; a piece that is refused is written row by row,
 * to find the row. The server undoes a refused statement as a whole.
 */
export async function insertRows(
  inserted: InsertedRows,
  { dialect, connection }: Inserting,
  step: number,
): Promise<RawValue[][]> {
  const { table, columns, rows } = inserted;
  const names = columns.map(({ name }) => name);
  const keyAt = table.key.map(({ name }) => names.indexOf(name));
  const isGiven = (index: number): boolean =>
    keyAt.every((place) => place >= 0 && (rows[index]?.[place] ?? null) !== null);
  const keys: RawValue[][] = [];

  async function write(start: number, size: number): Promise<void> {
    const piece = rows.slice(start, start + size);
    const { insertId } = await connection.run({
      text: statement(inserted, size, dialect),
      params: piece.flat(),
    });
    for (const [index, row] of piece.entries())
      keys.push(
        keyAt.map((place) => {
          const value = place < 0 ? null : (row[place] ?? null);
          return value === null ? follows(insertId, index, step) : toRaw(value);
        }),
      );
  }
  async function writeRow(index: number): Promise<void> {
    try {
      await write(index, 1);
    } catch (error) {
      const values = rows[index] ?? [];
      throw await connection.explain(error, { table: table.name, columns: names, values });
    }
  }

  for (let start = 0; start < rows.length; ) {
    const given = isGiven(start);
    const size = pieceSize(inserted, start, (index) => isGiven(index) === given);
    const end = start + size;
    const done =
      size > 1 &&
      (await write(start, size).then(
        () => true,
        () => false,
      ));
    if (!done) for (let index = start; index < end; index += 1) await writeRow(index);
    start = end;
  }
  return keys;
}
