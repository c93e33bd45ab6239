import { InvalidValue } from '../../../columnTypes/columnType.ts';
import { findColumnType } from '../../../columnTypes/index.ts';
import type { ForeignColumn } from '../ports.ts';

/** What a native column becomes. A type that is not in the list is shown as text and never guessed. */
export interface MappedColumn {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  /** Its canonical value finds the stored one again, so that it may be part of a key. */
  readonly addressable: boolean;
}

const words: Readonly<Record<string, readonly string[]>> = {
  Number: [
    'smallint',
    'integer',
    'int',
    'bigint',
    'tinyint',
    'mediumint',
    'int2',
    'int4',
    'int8',
    'big int',
    'smallserial',
    'serial',
    'bigserial',
  ],
  Decimal: [
    'numeric',
    'decimal',
    'dec',
    'number',
    'real',
    'double',
    'double precision',
    'float',
    'float4',
    'float8',
  ],
  Checkbox: ['boolean', 'bool'],
  Date: ['date'],
  DateTime: [
    'datetime',
    'timestamp',
    'timestamptz',
    'timestamp without time zone',
    'timestamp with time zone',
  ],
  Time: ['time', 'time without time zone'],
  Year: ['year'],
  JSON: ['json', 'jsonb'],
  LongText: ['text', 'tinytext', 'mediumtext', 'longtext', 'clob', 'ntext'],
  SingleLineText: [
    'character varying',
    'varchar',
    'character',
    'char',
    'bpchar',
    'nvarchar',
    'nchar',
    'native character',
    'varying character',
    'string',
    'citext',
    'name',
    'uuid',
    'guid',
  ],
};

const typeOfWord = new Map(
  Object.entries(words).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/** Types whose stored value may hold more than the canonical one shows. */
const inexact = new Set(['DateTime', 'Time', 'JSON', 'LongText']);
const doubles = /^(real|double|float)/;

/** `int(10) unsigned` → `int`, `timestamp(3) with time zone` → `timestamp with time zone`. */
const plainName = (type: string): string =>
  type
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/\b(unsigned|zerofill|signed)\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const shown = (type: string): MappedColumn => ({ type, options: {}, readOnly: true, addressable: false });

function mapWord(type: string): MappedColumn {
  const name = plainName(type);
  const found = typeOfWord.get(name);
  if (found === undefined) return shown('LongText');
  const written = { options: {}, readOnly: false };
  if (/^tinyint\(1\)(?! unsigned)/i.test(type)) return { ...written, type: 'Checkbox', addressable: false };
  // beyond the 64 bits of an integer
  if (/^bigint.*unsigned/i.test(type)) return { ...written, type: 'Decimal', addressable: true };
  return { ...written, type: found, addressable: !inexact.has(found) && !doubles.test(name) };
}

/** Values as options of a select; undefined where a select would change one of them. */
function optionsOf(type: string, values: readonly string[], newId: () => string) {
  try {
    const options = findColumnType(type)?.options.parse({
      options: values.map((title) => ({ id: newId(), title })),
    });
    const titles: unknown[] = options?.options.map(({ title }: { title: string }) => title) ?? [];
    return values.every((value, index) => value === titles[index]) ? options : undefined;
  } catch (error) {
    if (error instanceof InvalidValue) return undefined;
    throw error;
  }
}

/** The column type for a native column. `newId` gives ids for options of a select. */
export function mapColumn(column: ForeignColumn, newId: () => string): MappedColumn {
  if (column.shape === 'array') return shown('JSON');
  if (column.values !== null) {
    const type = column.shape === 'set' ? 'MultiSelect' : 'SingleSelect';
    const options = optionsOf(type, column.values, newId);
    return options === undefined
      ? { ...shown('SingleLineText'), readOnly: false }
      : { type, options, readOnly: column.generated, addressable: type === 'SingleSelect' };
  }
  const mapped = mapWord(column.type);
  if (column.autoIncrement && column.keyPlace > 0 && mapped.type === 'Number')
    return { ...mapped, type: 'ID' };
  return column.generated ? { ...mapped, readOnly: true } : mapped;
}
