import type { ForeignColumn, ForeignKey, ForeignSchema } from '../../../core/ports.ts';
import type { Execute } from '../../engine.ts';
import { readLiteral } from '../literal.ts';
import { readName } from './names.ts';

type Row = Readonly<Record<string, unknown>>;

const tablesOf = `select table_name as name, table_type as kind, table_comment as comment
  from information_schema.tables where table_schema = database()
    and table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') order by table_name`;

const columnsOf = `select table_name as owner, column_name as name, column_type as type, is_nullable as nullable,
    column_default as default_value, extra, column_comment as comment, generation_expression as expression
  from information_schema.columns where table_schema = database() order by table_name, ordinal_position`;

const keysOf = `select table_name as owner, column_name as name, ordinal_position as place
  from information_schema.key_column_usage where table_schema = database() and constraint_name = 'PRIMARY'`;

const uniqueOf = `select table_name as owner, min(column_name) as name from information_schema.statistics
  where table_schema = database() and non_unique = 0
  group by table_name, index_name having count(*) = 1 and min(sub_part) is null and min(column_name) is not null`;

const foreignKeysOf = `select table_name as owner, constraint_name as rule, column_name as source,
    referenced_table_name as target, referenced_column_name as referred
  from information_schema.key_column_usage
  where table_schema = database() and referenced_table_schema = database() and referenced_table_name is not null
  order by table_name, constraint_name, ordinal_position`;

/** MariaDB keeps JSON as a text with a rule. */
const jsonRulesOf = `select table_name as owner, check_clause as rule
  from information_schema.check_constraints where constraint_schema = database() and check_clause like 'json_valid(%'`;

const textOf = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

const keyOf = (owner: unknown, name: unknown): string => `${String(owner)}\0${String(name)}`;

/** `enum('a','it''s')` → a, it's; null for other types. */
function readValues(type: string): string[] | null {
  if (!/^(enum|set)\(/i.test(type)) return null;
  return [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
}

/** MariaDB writes a default as SQL; MySQL writes a literal bare and says of expressions that they are. */
function readDefault(row: Row, mariadb: boolean): { written: boolean; literal: string | null } {
  const text =
    row.default_value === null || row.default_value === undefined ? null : String(row.default_value);
  if (text === null || (mariadb && /^null$/i.test(text))) return { written: false, literal: null };
  if (mariadb) return { written: true, literal: readLiteral(text) };
  const computed = /default_generated/i.test(String(row.extra)) || /^current_timestamp/i.test(text);
  return { written: true, literal: computed ? null : text };
}

interface Known {
  readonly mariadb: boolean;
  readonly keys: ReadonlyMap<string, number>;
  readonly unique: ReadonlySet<string>;
  readonly json: ReadonlySet<string>;
}

function readColumn(row: Row, { mariadb, keys, unique, json }: Known): ForeignColumn {
  const place = keyOf(row.owner, row.name);
  const generated = textOf(row.expression) !== null;
  const { written, literal } = readDefault(row, mariadb);
  const type = json.has(place) ? 'json' : String(row.type);
  return {
    name: readName(String(row.name)),
    type,
    notNull: row.nullable === 'NO',
    keyPlace: keys.get(place) ?? 0,
    hasDefault: written && !generated,
    defaultValue: generated ? null : literal,
    generated,
    autoIncrement: /auto_increment/i.test(String(row.extra)),
    values: readValues(type),
    shape: /^set\(/i.test(type) ? 'set' : 'plain',
    unique: unique.has(place),
    comment: textOf(row.comment),
  };
}

function readForeignKeys(rows: readonly Row[]): ForeignKey[] {
  return [...Map.groupBy(rows, ({ rule }) => rule).values()].map((parts) => ({
    columns: parts.map(({ source }) => readName(String(source))),
    table: readName(String(parts[0]?.target)),
    references: parts.map(({ referred }) => readName(String(referred))),
  }));
}

/** Tables and views of the connected database; a few questions whatever their number. */
export async function introspectMysql(execute: Execute): Promise<ForeignSchema> {
  const ask = async (text: string): Promise<readonly Row[]> => (await execute({ text, params: [] })).rows;
  const [server] = await ask('select version() as version');
  const mariadb = /mariadb/i.test(String(server?.version));
  const names = (rows: readonly Row[]) => new Set(rows.map(({ owner, name }) => keyOf(owner, name)));
  const known: Known = {
    mariadb,
    keys: new Map((await ask(keysOf)).map((row) => [keyOf(row.owner, row.name), Number(row.place)])),
    unique: names(await ask(uniqueOf)),
    json: new Set(
      (mariadb ? await ask(jsonRulesOf) : []).flatMap(({ owner, rule }) => {
        const name = /^json_valid\(`((?:[^`]|``)*)`\)$/i.exec(String(rule))?.[1];
        return name === undefined ? [] : [keyOf(owner, name.replaceAll('``', '`'))];
      }),
    ),
  };
  const columns = Map.groupBy(await ask(columnsOf), ({ owner }) => owner);
  const foreignKeys = Map.groupBy(await ask(foreignKeysOf), ({ owner }) => owner);
  const tables = (await ask(tablesOf)).map(({ name, kind, comment }) => ({
    name: readName(String(name)),
    kind: kind === 'VIEW' ? ('view' as const) : ('table' as const),
    comment: kind === 'VIEW' ? null : textOf(comment),
    columns: (columns.get(name) ?? []).map((row) => readColumn(row, known)),
    foreignKeys: readForeignKeys(foreignKeys.get(name) ?? []),
  }));
  return { tables, notes: [] };
}
