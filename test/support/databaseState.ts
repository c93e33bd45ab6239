import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TestApp } from './app.ts';

/** Bookkeeping of the instance that says nothing about what users own. */
const bookkeeping = new Set(['rg_token_usage', 'rg_epoch', 'rg_invalidation', 'sqlite_sequence']);
/** Columns that follow the clock. */
const restless: Readonly<Record<string, string>> = { rg_session: 'last_seen_at' };
/** What may be noted although the request was refused. */
const refusalNotes = "action <> 'session.refreshReused'";

/** Watches the database of an app through a connection of its own. */
export interface Watcher {
  /** A digest of everything users own: rows, tables and uploads. Cheap while nothing was committed. */
  readonly fingerprint: () => string;
  readonly rows: (sql: string, ...params: unknown[]) => Record<string, unknown>[];
  readonly close: () => void;
}

/** The tables in which two fingerprints differ. */
export function changedTables(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  const changed = after.split('\n').filter((line) => !known.has(line));
  return changed.map((line) => line.split(' ', 1)[0]).join() || 'a table that is gone';
}

export function watchDatabase(app: TestApp): Watcher {
  const database = new Database(join(app.folder, 'rowgate.sqlite'), { readonly: true });
  const version = database.prepare('PRAGMA data_version').pluck();
  let known = { version: undefined as unknown, digest: '' };

  function digestOfTable(name: string): string {
    // Only ever grows.
    if (name === 'rg_audit') {
      return String(database.prepare(`SELECT max(id) FROM rg_audit WHERE ${refusalNotes}`).pluck().get());
    }
    const hash = createHash('sha1');
    const rows = database.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`);
    const ignored = restless[name];
    for (const row of rows.iterate() as Iterable<Record<string, unknown>>) {
      if (ignored !== undefined) delete row[ignored];
      hash.update(JSON.stringify(row));
    }
    return hash.digest('hex');
  }

  /** A line a table. */
  function digestOf(): string {
    const schema = database
      .prepare("SELECT name, sql FROM sqlite_schema WHERE sql <> '' ORDER BY name")
      .all();
    return (schema as { name: string; sql: string }[])
      .filter(({ name }) => !bookkeeping.has(name))
      .map(({ name, sql }) => `${name} ${/^create table/i.test(sql) ? digestOfTable(name) : ''} ${sql}`)
      .join('\n');
  }

  return {
    fingerprint() {
      const now = version.get();
      if (known.version !== now) known = { version: now, digest: digestOf() };
      const uploads = readdirSync(join(app.folder, 'imports')).length;
      return `${known.digest}\nuploads ${uploads}`;
    },
    rows: (sql, ...params) => database.prepare(sql).all(...params) as Record<string, unknown>[],
    close: () => void database.close(),
  };
}
