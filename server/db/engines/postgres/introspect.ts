import type { ForeignColumn, ForeignKey, ForeignSchema } from '../../../core/ports.ts';
import type { Execute } from '../../engine.ts';
import { readLiteral } from '../literal.ts';

type Row = Readonly<Record<string, unknown>>;
type Ask = (text: string) => Promise<readonly Row[]>;

const inSchema = 'n.nspname = coalesce($1::text, current_schema())';

/** Partitions are rows of their parent; what the user may not read is not there. */
const tablesOf = `select c.oid::text as id, c.relname as name, c.relkind as kind,
    obj_description(c.oid, 'pg_class') as comment
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${inSchema} and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and has_table_privilege(c.oid, 'select')
  order by c.relname`;

/** Domains are read as the type they stand for, through any number of them. */
const columnsOf = `with recursive domains (first, type, modifier, filled) as (
    select oid, typbasetype, typtypmod, typnotnull from pg_type where typtype = 'd'
    union all
    select d.first, t.typbasetype, case when d.modifier < 0 then t.typtypmod else d.modifier end, d.filled or t.typnotnull
    from domains d join pg_type t on t.oid = d.type where t.typtype = 'd'
  ), types (type, base, modifier, filled) as (
    select t.oid, coalesce(d.type, t.oid), d.modifier, coalesce(d.filled, false) from pg_type t
    left join (domains d join pg_type b on b.oid = d.type and b.typtype <> 'd') on d.first = t.oid
  )
  select a.attrelid::text as id, a.attname as name, format_type(y.base, coalesce(y.modifier, a.atttypmod)) as type,
    a.attnotnull or y.filled as not_null, a.attidentity as identity, a.attgenerated as generated,
    pg_get_expr(d.adbin, d.adrelid) as default_value, col_description(a.attrelid, a.attnum) as comment,
    b.typcategory as category,
    (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_enum e where e.enumtypid = y.base) as labels,
    (select k.place from pg_index x cross join lateral unnest(x.indkey::int2[]) with ordinality as k(number, place)
      where x.indrelid = a.attrelid and x.indisprimary and k.number = a.attnum) as key_place,
    exists (select from pg_index x where x.indrelid = a.attrelid and x.indisunique and x.indnkeyatts = 1
      and x.indkey[0] = a.attnum and x.indpred is null) as is_unique
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  join types y on y.type = a.atttypid join pg_type b on b.oid = y.base
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where ${inSchema} and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'select')
  order by a.attrelid, a.attnum`;

const foreignKeysOf = `select k.conrelid::text as id, k.oid::text as key, r.relname as target,
    f.attname as source, t.attname as referred
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class r on r.oid = k.confrelid and r.relnamespace = c.relnamespace
  cross join lateral unnest(k.conkey, k.confkey) with ordinality as p(source, referred, place)
  join pg_attribute f on f.attrelid = k.conrelid and f.attnum = p.source
  join pg_attribute t on t.attrelid = k.confrelid and t.attnum = p.referred
  where ${inSchema} and k.contype = 'f' and k.conparentid = 0
  order by k.conrelid, k.oid, p.place`;

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** `'new'::order_state` → `'new'`: the type is the column's own. */
const withoutType = (written: string | null): string | null =>
  written?.match(/^('(?:[^']|'')*'|-?[\d.]+|true|false)(?:::.*)?$/)?.[1] ??
  written?.match(/^\('?(-?[\d.]+)'?\)(?:::.*)?$/)?.[1] ??
  written;

function readColumn(row: Row): ForeignColumn {
  const written = textOf(row.default_value);
  const generated = row.generated !== '';
  const identity = row.identity !== '';
  const keyPlace = Number(row.key_place ?? 0);
  const hasDefault = !generated && (written !== null || identity);
  return {
    name: String(row.name),
    type: String(row.type),
    notNull: row.not_null === true,
    keyPlace,
    hasDefault,
    defaultValue: generated ? null : readLiteral(withoutType(written)),
    generated,
    // `returning` tells the key of a new row whatever made it
    autoIncrement: identity || /^nextval\(/.test(written ?? '') || (keyPlace > 0 && hasDefault),
    values: row.labels === null ? null : (JSON.parse(String(row.labels)) as string[]),
    shape: row.category === 'A' ? 'array' : 'plain',
    unique: row.is_unique === true,
    comment: textOf(row.comment),
  };
}

function readForeignKeys(rows: readonly Row[]): ForeignKey[] {
  return [...Map.groupBy(rows, ({ key }) => key).values()].map((parts) => ({
    columns: parts.map(({ source }) => String(source)),
    table: String(parts[0]?.target),
    references: parts.map(({ referred }) => String(referred)),
  }));
}

/** Tables and views of one schema, null for the user's first one; three questions whatever their number. */
export async function introspectPostgres(execute: Execute, schema: string | null): Promise<ForeignSchema> {
  const ask: Ask = async (text) => (await execute({ text, params: [schema] })).rows;
  const tables = await ask(tablesOf);
  const columns = Map.groupBy(await ask(columnsOf), ({ id }) => id);
  const foreignKeys = Map.groupBy(await ask(foreignKeysOf), ({ id }) => id);
  return {
    tables: tables.map(({ id, name, kind, comment }) => ({
      name: String(name),
      kind: kind === 'r' || kind === 'p' ? 'table' : 'view',
      comment: textOf(comment),
      columns: (columns.get(id) ?? []).map(readColumn),
      foreignKeys: readForeignKeys(foreignKeys.get(id) ?? []),
    })),
    notes: [],
  };
}

/** Schemas whose tables the user may see. */
export async function listPostgresSchemas(execute: Execute): Promise<string[]> {
  const { rows } = await execute({
    text: `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
      and has_schema_privilege(oid, 'usage') order by nspname = current_schema() desc, nspname`,
    params: [],
  });
  return rows.map(({ name }) => String(name));
}
