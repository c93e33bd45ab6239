import {
  all,
  any,
  type Condition,
  columnOf,
  compare,
  literalOf,
  type Value,
} from '../../columnTypes/query.ts';
import type { Maybe, RawValue, TableRef } from '../core/ports.ts';
import { compile, readColumn, renderCondition } from './compile.ts';
import type { Dialect, Sql } from './engine.ts';
import { join, raw, sql } from './fragment.ts';
import { after } from './maybe.ts';
import { createRowReader, scopeOf } from './recordsSelect.ts';

/** Keys of one statement. Far below every engine's limit of parameters, also for keys of several columns. */
const keysAtOnce = 2000;

/** One key as a text that is the same however its values came (number, bigint or digits). */
const spell = (key: readonly (Value | undefined)[]): string =>
  JSON.stringify(key.map((value) => String(value)));

function keysCondition({ key }: TableRef, keys: readonly (readonly Value[])[]): Condition {
  const [single] = key;
  if (single !== undefined && key.length === 1) {
    return {
      kind: 'in',
      of: columnOf(single.name, single.storage),
      values: keys.map((values) => values[0] ?? null),
    };
  }
  return any(
    keys.map((values) =>
      all(
        key.map(({ name, storage }, index) => {
          const column = columnOf(name, storage);
          return compare('=', column, literalOf(values[index] ?? null, storage));
        }),
      ),
    ),
  );
}

/** Which keys exist, in order; in pieces, so that no statement grows too large. */
export function keysExist(
  table: TableRef,
  keys: readonly (readonly Value[])[],
  dialect: Dialect,
  rows: (sql: Sql) => Maybe<unknown[][]>,
): Maybe<boolean[]> {
  if (table.key.length === 0) return keys.map(() => false);
  const found = new Set<string>();
  const storages = table.key.map(({ storage }) => storage);
  const read = createRowReader(storages, dialect);
  const scope = scopeOf(table, dialect);
  const columns = join(
    table.key.map(({ name, storage }) => dialect.readValue(readColumn(scope, name, storage), storage)),
    ', ',
  );
  const look = (start: number): Maybe<boolean[]> => {
    if (start >= keys.length) return keys.map((key) => found.has(spell(key)));
    const where = renderCondition(keysCondition(table, keys.slice(start, start + keysAtOnce)), scope);
    const statement = compile(
      sql`select ${columns} from ${raw(dialect.quote(table.name))} where ${where}`,
      dialect,
    );
    return after(rows(statement), (answer) => {
      for (const row of read(answer)) found.add(spell(row as RawValue[]));
      return look(start + keysAtOnce);
    });
  };
  return look(0);
}
