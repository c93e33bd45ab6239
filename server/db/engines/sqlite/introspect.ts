import type { ForeignColumn, ForeignKey, ForeignSchema, ForeignTable } from '../../../core/ports.ts';
import type { Execute } from '../../engine.ts';
import { readLiteral } from '../literal.ts';

type Row = Readonly<Record<string, unknown>>;

interface Entry {
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly rowid: boolean;
}

async function ask(execute: Execute, text: string, params: readonly unknown[] = []): Promise<readonly Row[]> {
  return (await execute({ text, params })).rows;
}

async function listEntries(execute: Execute): Promise<Entry[]> {
  const rows = await ask(
    execute,
    `select l.name as name, l.type as type, l.wr as wr from pragma_table_list l
     left join sqlite_schema s on s.name = l.name and s.type in ('table', 'view')
     where l.schema = 'main' and l.type in ('table', 'view', 'virtual')
       and l.name not like 'sqlite\\_%' escape '\\' order by s.rowid`,
  );
  return rows.map(({ name, type, wr }) => ({
    name: String(name),
    kind: type === 'table' ? 'table' : 'view', // rows of a virtual table are its module's, so they are only read
    rowid: type === 'table' && Number(wr) === 0,
  }));
}

/** Names of columns that alone are unique. */
async function uniqueColumns(execute: Execute, table: string): Promise<ReadonlySet<string>> {
  const rows = await ask(
    execute,
    `select min(i.name) as name from pragma_index_list(?) l, pragma_index_info(l.name) i
     where l."unique" = 1 and l.partial = 0 group by l.name having count(*) = 1 and min(i.name) is not null`,
    [table],
  );
  return new Set(rows.map(({ name }) => String(name)));
}

async function readColumns(execute: Execute, entry: Entry): Promise<ForeignColumn[]> {
  const unique = await uniqueColumns(execute, entry.name);
  // hidden: 1 belongs to a virtual table's module, 2 and 3 are computed
  const rows = await ask(
    execute,
    `select name, type, "notnull" as not_null, dflt_value, pk, hidden from pragma_table_xinfo(?) where hidden <> 1`,
    [entry.name],
  );
  const keys = rows.filter(({ pk }) => Number(pk) > 0);
  return rows.map((row) => {
    const type = String(row.type ?? '');
    const keyPlace = entry.kind === 'view' ? 0 : Number(row.pk);
    return {
      name: String(row.name),
      type,
      notNull: Number(row.not_null) === 1,
      keyPlace,
      hasDefault: row.dflt_value !== null,
      defaultValue: readLiteral(row.dflt_value as string | null),
      generated: Number(row.hidden) > 1,
      autoIncrement: keyPlace > 0 && keys.length === 1 && entry.rowid && /^integer$/i.test(type),
      values: null,
      shape: 'plain',
      unique: unique.has(String(row.name)),
      comment: null,
    };
  });
}

/** Foreign keys that name no columns lead to the key of their table. */
async function readForeignKeys(
  execute: Execute,
  table: string,
  columnsOf: ReadonlyMap<string, readonly ForeignColumn[]>,
): Promise<ForeignKey[]> {
  const rows = await ask(
    execute,
    `select id, "table" as target, "from" as source, "to" as referred from pragma_foreign_key_list(?) order by id, seq`,
    [table],
  );
  const names = [...columnsOf.keys()];
  return [...Map.groupBy(rows, ({ id }) => Number(id)).values()].flatMap((parts) => {
    const written = String(parts[0]?.target).toLowerCase();
    const target = names.find((name) => name.toLowerCase() === written);
    if (target === undefined) return [];
    const keys = (columnsOf.get(target) ?? [])
      .filter((column) => column.keyPlace > 0)
      .sort((a, b) => a.keyPlace - b.keyPlace);
    const references = parts.map(({ referred }, index) => String(referred ?? keys[index]?.name ?? ''));
    return [{ columns: parts.map(({ source }) => String(source)), table: target, references }];
  });
}

/** Tables and views of the file, in the order of their creation. */
export async function introspectSqlite(execute: Execute): Promise<ForeignSchema> {
  const notes: string[] = [];
  const columnsOf = new Map<string, ForeignColumn[]>();
  const entries: Entry[] = [];
  for (const entry of await listEntries(execute)) {
    try {
      columnsOf.set(entry.name, await readColumns(execute, entry));
      entries.push(entry);
    } catch {
      notes.push(`'${entry.name}' cannot be read: what it is made of is missing.`);
    }
  }
  const tables: ForeignTable[] = [];
  for (const { name, kind } of entries) {
    tables.push({
      name,
      kind,
      comment: null,
      columns: columnsOf.get(name) ?? [],
      foreignKeys: kind === 'table' ? await readForeignKeys(execute, name, columnsOf) : [],
    });
  }
  return { tables, notes };
}
