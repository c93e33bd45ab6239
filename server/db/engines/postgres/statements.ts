import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { Execution, Sql } from '../../engine.ts';

/**
 * Names of prepared statements. A text gets one when it comes a second time,
 * so that what is asked once does not stay with the server.
 */
export interface StatementNames {
  /** For a connection; undefined: do not prepare. */
  nameOf(client: object, text: string): string | undefined;
  /** The next one of this text is prepared anew. */
  forget(text: string): void;
  /** Whether a connection holds so many statements that a new one is cheaper. */
  isFull(client: object): boolean;
}

const keptTexts = 1000;
/** A text longer than this will hardly come a second time. */
const longestKept = 20_000;
/** Statements of one connection: some ten kilobytes each at the server. */
const heldStatements = 500;

export function createStatementNames(): StatementNames {
  const names = new LRUCache<string, string>({ max: keptTexts });
  const held = new WeakMap<object, Set<string>>();
  let last = 0;
  return {
    nameOf(client, text) {
      if (text.length > longestKept) return undefined;
      let name = names.get(text);
      if (name === undefined) {
        names.set(text, '');
        return undefined;
      }
      if (name === '') {
        last += 1;
        name = `rg${last}`;
        names.set(text, name);
      }
      const known = held.get(client) ?? new Set();
      held.set(client, known.add(name));
      return name;
    },
    forget: (text) => void names.delete(text),
    isFull: (client) => (held.get(client)?.size ?? 0) > heldStatements,
  };
}

type Parse = (text: string) => unknown;

const asIs: Parse = (text) => text;
const toNumber: Parse = (text) => Number(text);
/** A 64-bit integer: digits where no number holds it. */
const toInteger: Parse = (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

/** By the number of the type. Everything else stays text: dates as the server writes them, decimals as digits. */
const parsers: ReadonlyMap<number, Parse> = new Map([
  [16, (text: string) => text === 't'], // boolean
  [20, toInteger],
  [21, toNumber],
  [23, toNumber],
  [26, toNumber],
  [700, toNumber],
  [701, toNumber],
]);

// The driver's type lists its own numbers; we answer for any.
const types = { getTypeParser: (oid: number): Parse => parsers.get(oid) ?? asIs } as pg.CustomTypesConfig;

/** A statement for the driver, rows as arrays. */
export const asArrays = ({ text, params }: Sql, name?: string): pg.QueryArrayConfig => ({
  text,
  values: params as unknown[],
  rowMode: 'array',
  types,
  ...(name === undefined ? {} : { name }),
});

/** Rows as objects. */
export const asObjects = ({ text, params }: Sql, name?: string): pg.QueryConfig => ({
  text,
  values: params as unknown[],
  types,
  ...(name === undefined ? {} : { name }),
});

/** What the driver answers. */
export interface Answer {
  readonly rows: unknown[];
  readonly rowCount: number | null;
}

export const onlyReads = ({ text }: Sql): boolean => /^\s*select\b/i.test(text);

export const toExecution = ({ rows, rowCount }: Answer, reads: boolean): Execution => ({
  rows: rows as Record<string, unknown>[],
  changes: reads ? 0 : (rowCount ?? 0),
});

/**
 * Whether a read of our own tables looks for a text with a NUL, which the
 * server refuses to hear of: no text that it keeps has one.
 */
export const findsNothing = (sql: Sql): boolean =>
  onlyReads(sql) && sql.params.some((value) => typeof value === 'string' && value.includes('\0'));

export const nothing: Execution = { rows: [], changes: 0 };
