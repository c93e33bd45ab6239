import { InvalidValue, type ParseContext } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import type { Column, Table } from '../model.ts';
import { type Place, refuseServerFilled, refuseShape, refuseUnknown, refuseValue } from './refusals.ts';

/**
 * What a key of a written record stands for, worked out once a table.
 * - value: a column the caller fills; `position` counts the table's fillable columns
 * - key: part of the primary key
 * - refused: the server fills it; the message is the wire's
 */
export type FieldTarget =
  | { readonly kind: 'value'; readonly column: Column; readonly position: number }
  | { readonly kind: 'key'; readonly column: Column; readonly position: number }
  | { readonly kind: 'refused'; readonly message: string };

export interface WriteShape {
  readonly targets: ReadonlyMap<string, FieldTarget>; // by title, physical name and id
  /** Columns the server fills, by who fills them. */
  readonly filled: readonly Column[];
}

export type UnknownFields = 'ignore' | 'reject';

const shapes = new WeakMap<Table, WriteShape>();

const isFilled = (column: Column): boolean =>
  column.type.filledBy !== 'caller' && column.type.filledBy !== 'key';

function targetOf(column: Column, position: number): FieldTarget {
  if (column.key) return { kind: 'key', column, position };
  if (column.native?.readOnly === true) {
    return { kind: 'refused', message: `Column "${column.title}" is read-only in its database` };
  }
  if (isFilled(column)) {
    return { kind: 'refused', message: `Column "${column.title}" is auto generated and cannot be updated` };
  }
  if (column.system) {
    return { kind: 'refused', message: `Column "${column.title}" is system column and cannot be updated` };
  }
  return { kind: 'value', column, position };
}

export function writeShape(table: Table): WriteShape {
  let shape = shapes.get(table);
  if (shape === undefined) {
    const byColumn = new Map(table.columns.map((column, i) => [column, targetOf(column, i)] as const));
    const targets = new Map<string, FieldTarget>();
    for (const [name, column] of table.columnByName) {
      const target = byColumn.get(column);
      if (target !== undefined) targets.set(name, target);
    }
    shape = {
      targets,
      filled: table.columns.filter((column) => isFilled(column) || (column.system && !column.key)),
    };
    shapes.set(table, shape);
  }
  return shape;
}

/** Throws UNPROCESSABLE unless it is an object. */
export function requireRow(input: unknown, place: Place): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refuseShape(place);
  return input as Record<string, unknown>;
}

/** Untrusted value to the column's value. Throws INVALID_VALUE_FOR_FIELD, INVALID_CHOICE. */
export function parseValue(column: Column, given: unknown, context: ParseContext, place: Place): Value {
  try {
    return column.type.parse(given, column.options, context);
  } catch (error) {
    if (error instanceof InvalidValue) throw refuseValue(column, given, error, place);
    throw error;
  }
}

/**
 * Walks the fields of one record. Unknown names are ignored as long as
 * something was recognised: a record of nothing but unknown names is a mistake.
 * Throws UNPROCESSABLE naming them, BAD_REQUEST for columns the server fills.
 */
export function walkRow(
  table: Table,
  row: Record<string, unknown>,
  place: Place,
  unknownFields: UnknownFields,
  visit: (target: Exclude<FieldTarget, { kind: 'refused' }>, given: unknown) => void,
): void {
  const { targets } = writeShape(table);
  let known = 0;
  let unknown: string[] | undefined;
  for (const name of Object.keys(row)) {
    const target = targets.get(name);
    if (target === undefined) {
      unknown ??= [];
      unknown.push(name);
      continue;
    }
    if (target.kind === 'refused') throw refuseServerFilled(target.message, place);
    if (target.kind === 'value') known += 1;
    visit(target, row[name]);
  }
  if (unknown !== undefined && (known === 0 || unknownFields === 'reject'))
    throw refuseUnknown(table, unknown, place);
}

/** Column types of the fields these records name: what the parser may have to look up. */
export function typesIn(table: Table, rows: readonly unknown[]): Column['type'][] {
  const { targets } = writeShape(table);
  const types = new Set<Column['type']>();
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue;
    for (const name of Object.keys(row)) {
      const target = targets.get(name);
      if (target !== undefined && target.kind !== 'refused') types.add(target.column.type);
    }
  }
  return [...types];
}
