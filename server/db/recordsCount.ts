import { LRUCache } from 'lru-cache';
import { always, type Condition } from '../../columnTypes/query.ts';
import type { Maybe, TableRef } from '../core/ports.ts';
import { compile } from './compile.ts';
import type { Dialect, ReadConnection, Sql } from './engine.ts';
import { after } from './maybe.ts';
import { selectCount } from './recordsSelect.ts';
import { weigh } from './recordsWeight.ts';

/** What a committed transaction did to a table: rows added less rows removed; undefined for anything else. */
export type TableChanges = ReadonlyMap<string, number | undefined>;

/** A count whose statement is compiled once. */
export interface PreparedCount {
  run(): Maybe<number>;
  /** The number, if it is known exactly right now. */
  known(): number | undefined;
}

/** Exact counts that are made once while a table is unchanged. */
export interface Counts {
  /** Rows that `where` keeps. */
  prepare(table: TableRef, where: Condition): PreparedCount;
  /** After a commit of this process. Totals are adjusted, filtered counts forgotten. */
  apply(changes: TableChanges): void;
}

interface Counted {
  readonly version: number;
  readonly foreign: number;
  readonly count: number;
}

const keptCounts = 5000;
/** Characters of statements and parameters kept as keys. */
const keptCharacters = 4_000_000;

const keyOf = ({ text, params }: Sql): string =>
  `${text}\n${JSON.stringify(params, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))}`;

export function createCounts(connection: ReadConnection, dialect: Dialect): Counts {
  const versions = new Map<string, number>();
  const counted = new LRUCache<string, Counted>({
    max: keptCounts,
    maxSize: keptCharacters,
    sizeCalculation: (_value, key) => key.length + 1,
  });
  const running = new Map<string, Promise<number>>();
  const versionOf = (table: string): number => versions.get(table) ?? 0;

  function known(table: string, key: string): number | undefined {
    const entry = counted.get(key);
    if (entry === undefined || entry.version !== versionOf(table)) return undefined;
    return entry.foreign === connection.foreignVersion() ? entry.count : undefined;
  }

  function run(table: string, statement: Sql, key: string): Maybe<number> {
    const version = versionOf(table);
    const foreign = connection.foreignVersion();
    return after(connection.rows(statement, weigh(connection, table, statement)), (rows) => {
      const count = Number(rows[0]?.[0]);
      // Kept only if nobody can have written between the two looks at the clock.
      const same = version === versionOf(table) && foreign === connection.foreignVersion();
      if (same && foreign !== undefined) counted.set(key, { version, foreign, count });
      return count;
    });
  }

  /**
   * Other instances write without our knowing: what they have answered since a
   * count began is missing in it. So it is shared only until it begins.
   */
  function countSoon(table: string, statement: Sql, key: string, question: string): Promise<number> {
    const soon = Promise.resolve().then(() => {
      running.delete(question);
      return run(table, statement, key);
    });
    running.set(question, soon);
    return soon;
  }

  function count(table: string, statement: Sql, key: string): Maybe<number> {
    const found = known(table, key);
    if (found !== undefined) return found;
    const question = `${versionOf(table)} ${connection.foreignVersion()} ${key}`;
    const shared = running.get(question);
    if (shared !== undefined) return shared;
    if (connection.foreignVersion() === undefined) return countSoon(table, statement, key, question);
    const result = run(table, statement, key);
    if (!(result instanceof Promise)) return result;
    const ended = result.finally(() => running.delete(question));
    running.set(question, ended);
    return ended;
  }

  const statementOf = (table: TableRef, where: Condition): { statement: Sql; key: string } => {
    const statement = compile(selectCount(table, where, dialect), dialect);
    return { statement, key: keyOf(statement) };
  };
  const totals = new LRUCache<string, string>({ max: keptCounts });
  function totalKey(table: string): string {
    const found = totals.get(table) ?? statementOf({ name: table, key: [] }, always).key;
    totals.set(table, found);
    return found;
  }

  function applyOne(table: string, rows: number | undefined): void {
    const key = totalKey(table);
    const total = rows === undefined ? undefined : known(table, key);
    const version = versionOf(table) + 1;
    versions.set(table, version);
    const foreign = connection.foreignVersion();
    if (total === undefined || rows === undefined || foreign === undefined) counted.delete(key);
    else counted.set(key, { version, foreign, count: total + rows });
  }

  return {
    prepare(table, where) {
      const { statement, key } = statementOf(table, where);
      return { run: () => count(table.name, statement, key), known: () => known(table.name, key) };
    },
    apply(changes) {
      for (const [table, rows] of changes) applyOne(table, rows);
    },
  };
}
