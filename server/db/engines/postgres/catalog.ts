import type { IndexShape, Sql } from '../../engine.ts';
import { quote } from './spelling.ts';

/** What a database knows of its tables. */

export type Look = (sql: Sql) => Promise<unknown[][]>;

const columnsOfIndexes = `from pg_index x
  join pg_class i on i.oid = x.indexrelid
  cross join lateral unnest(x.indkey::int2[]) with ordinality as k(number, place)
  join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number
  where x.indrelid = to_regclass($1) and k.place <= x.indnkeyatts`;

/** Indexes made by `create index`: none of a constraint, of expressions or of a part of the rows. */
export async function listIndexes(look: Look, table: string): Promise<IndexShape[]> {
  const rows = (await look({
    text: `select i.relname, x.indisunique, a.attname ${columnsOfIndexes}
      and x.indpred is null and x.indexprs is null
      and not exists (select from pg_constraint c where c.conindid = x.indexrelid)
      order by i.relname, k.place`,
    params: [quote(table)],
  })) as [string, boolean, string][];
  const shapes = new Map<string, { name: string; unique: boolean; columns: string[] }>();
  for (const [name, unique, column] of rows) {
    const shape = shapes.get(name);
    if (shape === undefined) shapes.set(name, { name, unique, columns: [column] });
    else shape.columns.push(column);
  }
  return [...shapes.values()];
}

export async function listKeyColumns(look: Look, table: string): Promise<string[]> {
  const rows = await look({
    text: `select a.attname ${columnsOfIndexes} and x.indisprimary order by k.place`,
    params: [quote(table)],
  });
  return rows.map(([name]) => String(name));
}

/** The columns of one index or constraint of a table, and whether it is the key. */
export async function findConstraint(
  look: Look,
  table: string,
  name: string,
): Promise<{ readonly primary: boolean; readonly columns: readonly string[] }> {
  const rows = await look({
    text: `select x.indisprimary, a.attname ${columnsOfIndexes} and i.relname = $2 order by k.place`,
    params: [quote(table), name],
  });
  return { primary: rows[0]?.[0] === true, columns: rows.map(([, column]) => String(column)) };
}

/** A value that several rows have, for an index that could not be made. */
export async function findRepeated(
  look: Look,
  table: string,
  columns: readonly string[],
): Promise<unknown[] | undefined> {
  const list = columns.map(quote).join(', ');
  const filled = columns.map((column) => `${quote(column)} is not null`).join(' and ');
  const text = `select ${list} from ${quote(table)} where ${filled} group by ${list} having count(*) > 1 limit 1`;
  return (await look({ text, params: [] }))[0];
}
