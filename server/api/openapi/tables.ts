import type { Column, Table } from '../../core/model.ts';
import { visibleColumns } from '../../core/query/view.ts';
import type { RecordPart } from '../parts/recordSchemas.ts';
import type { JsonSchema } from './document.ts';
import { slug } from './names.ts';
import { type FillRecord, orNull } from './schemas.ts';

/** The records of one table as schemas. */
export interface TableSchemas {
  /** Begins operation ids and schema names; unique in the document, safe in a URL. */
  readonly name: string;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly fill: FillRecord;
}

const suffixes: Readonly<Record<RecordPart, string>> = {
  read: 'Response',
  create: 'Request',
  change: 'UpdateRequest',
  key: 'IdRequest',
};
const parts = Object.keys(suffixes) as RecordPart[];

function describeColumn(column: Column): string {
  const facts = [
    column.description ?? '',
    column.key ? 'Primary key.' : '',
    column.unique && !column.key ? 'Every value occurs once.' : '',
    isFilled(column) ? 'Filled by the server.' : '',
    column.defaultValue === null ? '' : `Default: ${column.defaultValue}`,
  ];
  return [`${column.type.name}.`, ...facts.filter((fact) => fact !== '')].join(' ');
}

/** Whether callers cannot give the value. */
const isFilled = (column: Column): boolean => column.autoIncrement || column.type.filledBy !== 'caller';

function valueSchema(column: Column, lists: 'text' | 'array', mayBeNull: boolean): JsonSchema {
  const schema: JsonSchema = column.type.schema(column.options, lists);
  return { ...(mayBeNull ? orNull(schema) : schema), description: describeColumn(column) };
}

/** What may be sent: people and lists are also accepted in the forms callers have at hand. */
function writtenSchema(column: Column, lists: 'text' | 'array'): JsonSchema {
  const mayBeNull = !column.key && !column.required;
  const schema = valueSchema(column, lists, mayBeNull);
  const ids = { type: 'string', description: 'Ids or e-mail addresses, separated by commas.' };
  const texts = { type: 'array', items: { type: 'string' } };
  switch (column.type.json) {
    case 'people':
      return { description: schema.description, anyOf: [ids, schema] };
    case 'list':
      return {
        description: schema.description,
        anyOf: lists === 'text' ? [schema, texts] : [schema, { type: 'string' }],
      };
    default:
      return schema;
  }
}

function describeObject(
  columns: readonly Column[],
  property: (column: Column) => JsonSchema,
  required: readonly Column[],
): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.title, property(column)])),
    ...(required.length === 0 ? {} : { required: required.map((column) => column.title) }),
  };
}

function describeRecord(table: Table, part: RecordPart, lists: 'text' | 'array'): JsonSchema {
  const visible = visibleColumns(table, undefined);
  const writable = visible.filter((column) => !isFilled(column));
  const written = (column: Column): JsonSchema => writtenSchema(column, lists);
  switch (part) {
    case 'read':
      return describeObject(
        visible,
        (column) => ({
          ...valueSchema(column, lists, !column.key),
          ...(isFilled(column) ? { readOnly: true } : {}),
        }),
        [],
      );
    case 'create':
      return describeObject(
        writable,
        written,
        writable.filter((column) => (column.required || column.key) && column.defaultValue === null),
      );
    case 'change':
      return describeObject([...table.key, ...writable.filter((column) => !column.key)], written, table.key);
    case 'key':
      return describeObject(table.key, written, table.key);
  }
}

/** A name no other table of the document has, and no schema of it is called like another's. */
function nameTable(table: Table, taken: Set<string>): string {
  const title = slug(table.title);
  for (const candidate of [title, `${title}_${table.id}`, table.id]) {
    const names = parts.map((part) => (candidate + suffixes[part]).toLowerCase());
    if (candidate === '' || taken.has(candidate.toLowerCase()) || names.some((name) => taken.has(name)))
      continue;
    for (const name of [candidate.toLowerCase(), ...names]) taken.add(name);
    return candidate;
  }
  throw new Error(`two tables of a base have the id ${table.id}`);
}

/** @param taken lower case names in use; grows */
export function describeTable(table: Table, lists: 'text' | 'array', taken: Set<string>): TableSchemas {
  const name = nameTable(table, taken);
  return {
    name,
    schemas: Object.fromEntries(
      parts.map((part) => [name + suffixes[part], describeRecord(table, part, lists)]),
    ),
    fill: (part) => ({ $ref: `#/components/schemas/${name}${suffixes[part]}` }),
  };
}

/** The type of a record's key in a path. */
export function keySchema(table: Table): JsonSchema {
  const [only] = table.key;
  if (table.key.length === 1 && only?.storage === 'integer') return { type: 'integer', examples: [1] };
  return { type: 'string', examples: [table.key.map(() => '1').join('___') || '1'] };
}
