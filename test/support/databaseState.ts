import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type EngineAddress, openSource } from '../../server/db/sources.ts';
import type { TestApp } from './app.ts';
import { findAppDatabase } from './appDatabase.ts';

type Row = Readonly<Record<string, unknown>>;

/** Bookkeeping of the instance that says nothing about what users own. */
const bookkeeping = new Set([
  'rg_token_usage',
  'rg_epoch',
  'rg_invalidation',
  'rg_instance',
  'sqlite_sequence',
]);
/** Columns that follow the clock. */
const restless: Readonly<Record<string, string>> = { rg_session: 'last_seen_at' };
/** What may be noted although the request was refused. */
const refusalNotes = "action <> 'session.refreshReused'";

/** Rows `name`, `shape`, … of every column and index, in a steady order. */
const schemaQueries: Readonly<Record<EngineAddress['engine'], readonly string[]>> = {
  sqlite: ["select tbl_name as name, sql as shape from sqlite_schema where sql <> '' order by name, sql"],
  postgres: [
    `select c.relname as name, a.attname as part, format_type(a.atttypid, a.atttypmod) as shape
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by 1, a.attnum`,
    `select c.relname as name, pg_get_indexdef(x.indexrelid) as shape
      from pg_class c join pg_index x on x.indrelid = c.oid
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by 1, 2`,
  ],
  mysql: [
    `select table_name as name, column_name as part, column_type as shape from information_schema.columns
      where table_schema = database() order by 1, ordinal_position`,
    `select table_name as name, index_name as part, column_name as shape from information_schema.statistics
      where table_schema = database() order by 1, 2, seq_in_index`,
  ],
};

/** Changes with every write to a server, whoever made it; absent where nothing says so. */
const serverVersions: Readonly<Partial<Record<EngineAddress['engine'], string>>> = {
  postgres: 'select pg_snapshot_xmax(pg_current_snapshot())::text as version',
};

/** Changes with every change of a table on the server; absent where reading the schema costs little. */
const schemaVersions: Readonly<Partial<Record<EngineAddress['engine'], string>>> = {
  mysql: `select group_concat(variable_value order by variable_name) as version from information_schema.global_status
    where variable_name in ('com_alter_table', 'com_create_index', 'com_create_table', 'com_drop_index', 'com_drop_table', 'com_rename_table')`,
};

/** Watches the database of an app through a connection of its own. */
export interface Watcher {
  /** A digest of everything users own: rows, tables and uploads. Cheap in a file while nothing was committed. */
  readonly fingerprint: () => Promise<string>;
  /** `?` stands for a parameter, on every engine. */
  readonly rows: (sql: string, ...params: unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** The tables in which two fingerprints differ. */
export function changedTables(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  const changed = after.split('\n').filter((line) => !known.has(line));
  return changed.map((line) => line.split(' ', 1)[0]).join() || 'a table that is gone';
}

async function addressOf(app: TestApp): Promise<EngineAddress> {
  const onServer = await findAppDatabase(app.folder);
  return onServer?.address ?? { engine: 'sqlite', settings: { path: join(app.folder, 'rowgate.sqlite') } };
}

const hashOf = (texts: readonly string[]): string => {
  const hash = createHash('sha1');
  for (const text of texts) hash.update(`${text}\n`);
  return hash.digest('hex');
};

export async function watchDatabase(app: TestApp): Promise<Watcher> {
  const database: Database = await openSource(await addressOf(app));
  const { dialect } = database;
  let known: { version: unknown; digest: string } | undefined;

  async function rows(sql: string, ...params: unknown[]): Promise<readonly Row[]> {
    let n = 0;
    const text = sql.replaceAll('?', () => dialect.placeholder(++n));
    return (await database.execute({ text, params })).rows;
  }

  const quoted = (name: string): string => dialect.quote(name);

  async function digestOfTable(name: string): Promise<string> {
    // Only ever grows.
    if (name === 'rg_audit')
      return JSON.stringify(await rows(`select max(id) as last from rg_audit where ${refusalNotes}`));
    const ignored = restless[name];
    const found = await rows(`select * from ${quoted(name)}`);
    const texts = found.map((row) => JSON.stringify(Object.entries(row).filter(([key]) => key !== ignored)));
    return hashOf(texts.sort());
  }

  /** In one statement: there are thousands of fingerprints in a run. */
  async function digestInPostgres(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const parts = names.map((name) => {
      if (name === 'rg_audit')
        return `select 'rg_audit' as name, max(id)::text as digest from rg_audit where ${refusalNotes}`;
      const row = `(to_jsonb(t) - '${restless[name] ?? ''}')::text`;
      return `select '${name.replaceAll("'", "''")}', md5(string_agg(${row}, ',' order by ${row})) from ${quoted(name)} t`;
    });
    const found = await database.execute({ text: parts.join(' union all '), params: [] });
    return new Map(found.rows.map(({ name, digest }) => [String(name), String(digest)]));
  }

  async function digestEach(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const digests = names.map(async (name) => [name, await digestOfTable(name)] as const);
    return new Map(await Promise.all(digests));
  }

  /** Most tables in one statement. */
  async function digestInMysql(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const isWhole = (name: string): boolean => name !== 'rg_audit' && restless[name] === undefined;
    const whole = names.filter(isWhole);
    const sums = await rows(`checksum table ${whole.map(quoted).join(', ')}`);
    const digests = new Map(whole.map((name, index) => [name, String(sums[index]?.Checksum)]));
    return new Map([...digests, ...(await digestEach(names.filter((name) => !isWhole(name))))]);
  }

  async function digestsOf(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (dialect.name === 'postgres') return digestInPostgres(names);
    return dialect.name === 'mysql' ? digestInMysql(names) : digestEach(names);
  }

  let shapesKnown: { version: unknown; shapes: ReadonlyMap<string, readonly string[]> } | undefined;

  async function shapesOf(): Promise<ReadonlyMap<string, readonly string[]>> {
    const query = schemaVersions[dialect.name];
    const version = query === undefined ? undefined : (await rows(query))[0]?.version;
    if (version !== undefined && shapesKnown?.version === version) return shapesKnown.shapes;
    const shapes = new Map<string, string[]>();
    for (const query of schemaQueries[dialect.name])
      for (const { name, ...row } of await rows(query)) {
        const shape = shapes.get(String(name)) ?? [];
        shapes.set(String(name), [...shape, JSON.stringify(row)]);
      }
    shapesKnown = { version, shapes };
    return shapes;
  }

  /** A line a table. */
  async function digestOf(): Promise<string> {
    const shapes = await shapesOf();
    // What lists indexes and the like names tables too, so every name is a table's.
    const owned = [...shapes].filter(([name]) => !bookkeeping.has(name));
    const digests = await digestsOf(owned.map(([name]) => name));
    return owned.map(([name, shape]) => `${name} ${digests.get(name)} ${hashOf(shape)}`).join('\n');
  }

  async function versionOf(): Promise<unknown> {
    const query = serverVersions[dialect.name];
    return query === undefined ? database.dataVersion?.() : (await rows(query))[0]?.version;
  }

  return {
    async fingerprint() {
      const version = await versionOf();
      if (known === undefined || version === undefined || known.version !== version)
        known = { version, digest: await digestOf() };
      const uploads = readdirSync(join(app.folder, 'imports')).sort();
      return `${known.digest}\nuploads:${uploads.join()} `;
    },
    rows,
    close: () => database.close(),
  };
}
