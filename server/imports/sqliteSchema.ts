import type Database from 'better-sqlite3';
import type { ImportedForeignKey, ImportedIndex } from '../core/imports/importedFile.ts';
import { freeTitle, nameColumns } from './nameColumns.ts';
import { type Declared, readDeclared } from './sqliteTypes.ts';

/** What the file's own schema says, in its own names. */
export interface SqliteColumn {
  readonly name: string;
  readonly title: string;
  readonly declared: Declared;
  readonly notNull: boolean;
  /** Place in the primary key, from 1; 0: not part of it. */
  readonly keyPlace: number;
  readonly defaultValue: string | null;
  unique: boolean;
}

export interface SqliteTable {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly SqliteColumn[];
  readonly foreignKeys: ImportedForeignKey[];
  readonly indexes: ImportedIndex[];
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A literal default as text; expressions have no counterpart. */
function literal(sql: string | null): string | null {
  if (sql === null) return null;
  if (/^-?\d+(\.\d+)?$/.test(sql)) return sql;
  return /^'(?:[^']|'')*'$/.test(sql) ? sql.slice(1, -1).replaceAll("''", "'") : null;
}

interface ColumnInfo {
  name: string;
  type: string;
  notnull: bigint;
  dflt_value: string | null;
  pk: bigint;
  hidden: bigint;
}

function readColumns(db: Database.Database, table: string): SqliteColumn[] {
  const infos = (db.prepare(`SELECT * FROM pragma_table_xinfo(?)`).all(table) as ColumnInfo[]).filter(
    (info) => info.hidden !== 1n,
  );
  const titles = nameColumns(infos.map((info) => info.name));
  return infos.map((info, index) => ({
    name: info.name,
    title: titles[index] ?? info.name,
    declared: readDeclared(info.type),
    notNull: info.notnull === 1n,
    keyPlace: Number(info.pk),
    defaultValue: literal(info.dflt_value),
    unique: false,
  }));
}

function readIndexes(db: Database.Database, table: SqliteTable, notes: string[]): void {
  const list = db
    .prepare(`SELECT name, "unique", origin, partial FROM pragma_index_list(?)`)
    .all(table.name) as {
    name: string;
    unique: bigint;
    origin: string;
    partial: bigint;
  }[];
  for (const index of list) {
    if (index.unique !== 1n || index.origin === 'pk') continue;
    const names = db
      .prepare('SELECT name FROM pragma_index_info(?) ORDER BY seqno')
      .pluck()
      .all(index.name) as (string | null)[];
    const columns = names.map((name) => table.columns.find((column) => column.name === name));
    const [only] = columns;
    if (index.partial === 1n || columns.some((column) => column === undefined)) {
      notes.push(
        `Table '${table.title}': the unique index '${index.name}' covers a part or an expression and was not kept.`,
      );
    } else if (columns.length === 1 && only !== undefined) only.unique = true;
    else table.indexes.push({ columns: columns.map((column) => column?.title ?? ''), unique: true });
  }
}

interface ForeignKeyPart {
  id: bigint;
  table: string;
  from: string;
  to: string | null;
}

function readForeignKeys(
  db: Database.Database,
  table: SqliteTable,
  tables: readonly SqliteTable[],
  notes: string[],
): void {
  const parts = db
    .prepare('SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq')
    .all(table.name) as ForeignKeyPart[];
  for (const [id, group] of Map.groupBy(parts, (part) => part.id)) {
    const [part] = group;
    const target = tables.find((candidate) => candidate.name.toLowerCase() === part?.table.toLowerCase());
    const keys = target?.columns.filter((column) => column.keyPlace > 0) ?? [];
    const to = part?.to ?? (keys.length === 1 ? keys[0]?.name : undefined);
    const from = table.columns.find((column) => column.name.toLowerCase() === part?.from.toLowerCase());
    const references = target?.columns.find((column) => column.name.toLowerCase() === to?.toLowerCase());
    if (group.length > 1 || target === undefined || from === undefined || references === undefined) {
      notes.push(
        `Table '${table.title}': foreign key ${Number(id) + 1} to '${part?.table}' has several columns or no target and was not kept.`,
      );
      continue;
    }
    table.foreignKeys.push({ column: from.title, table: target.title, references: references.title });
    table.indexes.push({ columns: [from.title], unique: false });
  }
}

/** Tables in the order of their creation; everything else is told in `notes`. */
export function readSchema(db: Database.Database, notes: string[]): SqliteTable[] {
  const entries = db
    .prepare(
      `SELECT l.name, l.type FROM pragma_table_list l LEFT JOIN sqlite_schema s ON s.name = l.name AND s.type IN ('table', 'view')
       WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid`,
    )
    .all() as { name: string; type: string }[];
  const tables: SqliteTable[] = [];
  const taken = new Set<string>();
  for (const entry of entries) {
    if (entry.type !== 'table') {
      if (entry.type !== 'shadow')
        notes.push(
          `The ${entry.type === 'view' ? 'view' : 'virtual table'} '${entry.name}' was not imported.`,
        );
      continue;
    }
    const title = freeTitle(nameColumns([entry.name])[0] ?? 'Table', taken);
    taken.add(title.toLowerCase());
    tables.push({
      name: entry.name,
      title,
      columns: readColumns(db, entry.name),
      foreignKeys: [],
      indexes: [],
    });
  }
  for (const table of tables) {
    readIndexes(db, table, notes);
    readForeignKeys(db, table, tables, notes);
  }
  return tables;
}
