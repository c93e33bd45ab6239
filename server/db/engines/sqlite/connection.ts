import Sqlite from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Execution, Sql } from '../../engine.ts';
import { registerFunctions } from './functions.ts';

/** One connection to an SQLite file with its statements, ready to run. */
export interface Connection {
  readonly db: Sqlite.Database;
  /** Rows as arrays. */
  rows(sql: Sql): unknown[][];
  /** First column of the first row. */
  first(sql: Sql): unknown;
  run(sql: Sql): Sqlite.RunResult;
  /** A statement of either kind; rows as objects. */
  execute(sql: Sql): Execution;
  /** Whether the statement changes nothing. */
  reads(sql: Sql): boolean;
  close(): void;
}

/** foreign: writes to a file that others made, and leaves its journal as it is. */
export type Role = 'write' | 'read' | 'foreign';

/** A statement takes some kilobytes and 36 microseconds to prepare. */
const keptStatements = 250;
/** A text longer than this will hardly come a second time. */
const longestKept = 20_000;
/** Milliseconds a reader waits for the short locks of recovery; writers wait in transactions.ts. */
const busyTimeout = 5000;

type Mode = 'rows' | 'first' | 'objects';

function createStatements(db: Sqlite.Database, mode: Mode): (text: string) => Sqlite.Statement {
  const kept = new LRUCache<string, Sqlite.Statement>({ max: keptStatements });
  return (text) => {
    const found = kept.get(text);
    if (found !== undefined) return found;
    const statement = db.prepare(text);
    if (statement.reader && mode === 'rows') statement.raw(true);
    if (statement.reader && mode === 'first') statement.pluck(true);
    if (text.length <= longestKept) kept.set(text, statement);
    return statement;
  };
}

function setUp(db: Sqlite.Database, role: Role, synchronous: 'normal' | 'full'): void {
  if (role === 'write') {
    db.pragma('journal_mode = wal');
    db.pragma(`synchronous = ${synchronous}`);
    db.pragma('journal_size_limit = 67108864');
    db.pragma('busy_timeout = 0'); // waiting would hold the process; see transactions.ts
  } else if (role === 'foreign') {
    db.pragma('busy_timeout = 0');
    db.pragma('trusted_schema = off');
  } else {
    db.pragma('query_only = on');
  }
  db.pragma(`foreign_keys = ${role === 'foreign' ? 'on' : 'off'}`); // our own tables have none
  db.pragma('temp_store = memory');
  db.pragma('cache_size = -8192'); // 8 MB; the system keeps the rest of the file
  db.pragma('mmap_size = 0'); // mapped pages count as the process's memory, and gain little over the page cache
}

/** @throws the driver's error when the file cannot be opened */
export function openConnection(
  path: string,
  role: Role,
  synchronous: 'normal' | 'full' = 'normal',
): Connection {
  const db = new Sqlite(path, { timeout: busyTimeout, fileMustExist: role !== 'write' });
  try {
    setUp(db, role, synchronous);
    registerFunctions(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const rows = createStatements(db, 'rows');
  const first = createStatements(db, 'first');
  const objects = createStatements(db, 'objects');
  return {
    db,
    rows: ({ text, params }) => rows(text).all(params as unknown[]) as unknown[][],
    first: ({ text, params }) => first(text).get(params as unknown[]),
    run: ({ text, params }) => objects(text).run(params as unknown[]),
    execute: ({ text, params }) => runEither(objects(text), params as unknown[]),
    reads: ({ text }) => objects(text).readonly,
    close: () => {
      db.close();
    },
  };
}

function runEither(statement: Sqlite.Statement, params: unknown[]): Execution {
  if (statement.reader) {
    const rows = statement.all(params) as Record<string, unknown>[];
    return { rows, changes: statement.readonly ? 0 : rows.length };
  }
  const { changes, lastInsertRowid } = statement.run(params);
  return { rows: [], changes, insertId: Number(lastInsertRowid) };
}
