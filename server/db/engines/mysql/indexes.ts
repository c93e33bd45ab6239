import type { IndexShape, Sql, WriteConnection } from '../../engine.ts';
import { quote, readName, storedName } from './names.ts';
import type { Server } from './server.ts';

/** Bytes of an index, at four a character. */
const indexedCharacters = 3072 / 4;
/** More tells long texts no better apart. */
const longestPrefix = 191;

type Rows = (sql: Sql) => unknown[][] | Promise<unknown[][]>;

/**
 * A text has no end that an index could hold. One that only finds takes the
 * beginning; one that keeps values apart must see the whole: MariaDB hashes by
 * itself, on MySQL the index is over the hash.
 */
export async function spellIndex(
  { mariadb }: Pick<Server, 'mariadb'>,
  { name, unique, columns }: IndexShape,
  table: string,
  { rows }: Pick<WriteConnection, 'rows'>,
): Promise<string> {
  const found = await rows({
    text: "select column_name from information_schema.columns where table_schema = database() and table_name = ? and data_type in ('tinytext', 'text', 'mediumtext', 'longtext')",
    params: [storedName(table)],
  });
  const texts = new Set(found.map(([column]) => readName(String(column))));
  const prefix = Math.min(longestPrefix, Math.floor(indexedCharacters / columns.length));
  const parts = columns.map((column) => {
    if (!texts.has(column)) return quote(column);
    if (!unique) return `${quote(column)}(${prefix})`;
    return mariadb ? quote(column) : `(sha2(${quote(column)}, 512))`;
  });
  return `create ${unique ? 'unique ' : ''}index ${quote(name)} on ${quote(table)} (${parts.join(', ')})`;
}

/** The column of `sha2(`x`,512)`. */
const hashedColumn = (expression: unknown): string =>
  (/`((?:[^`]|``)+)`/.exec(String(expression))?.[1] ?? '').replaceAll('``', '`');

/** Indexes of a table but its key. */
export async function listIndexes(
  { mariadb }: Pick<Server, 'mariadb'>,
  table: string,
  rows: Rows,
): Promise<IndexShape[]> {
  const expression = mariadb ? 'null' : 'expression';
  const found = await rows({
    text: `select index_name, non_unique, column_name, ${expression} from information_schema.statistics where table_schema = database() and table_name = ? and index_name <> 'PRIMARY' order by index_name, seq_in_index`,
    params: [storedName(table)],
  });
  const shapes = new Map<string, { name: string; unique: boolean; columns: string[] }>();
  for (const [name, notUnique, column, hashed] of found) {
    const key = readName(String(name));
    const shape = shapes.get(key) ?? { name: key, unique: Number(notUnique) === 0, columns: [] };
    shape.columns.push(readName(column === null ? hashedColumn(hashed) : String(column)));
    shapes.set(key, shape);
  }
  return [...shapes.values()];
}

export async function listKeyColumns(table: string, rows: Rows): Promise<string[]> {
  const found = await rows({
    text: "select column_name from information_schema.statistics where table_schema = database() and table_name = ? and index_name = 'PRIMARY' order by seq_in_index",
    params: [storedName(table)],
  });
  return found.map(([column]) => readName(String(column)));
}
