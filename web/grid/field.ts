import { type AnyColumnType, InvalidValue } from '../../columnTypes/columnType.ts';
import { readDecimal } from '../../columnTypes/decimals.ts';
import { findColumnType } from '../../columnTypes/index.ts';
import type { Value } from '../../columnTypes/query.ts';
import type { CellValue, Column } from '../api/shapes.ts';

/** A member of the base, as user cells show them. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
}

/** A column with what its type knows, worked out once. */
export interface Field {
  readonly column: Column;
  readonly title: string;
  readonly type: AnyColumnType;
  readonly options: unknown;
  /** Whether people fill the column; keys and what the server fills are only shown. */
  readonly editable: boolean;
  readonly isNumeric: boolean;
}

const fields = new WeakMap<Column, Field>();

function optionsOf(type: AnyColumnType, column: Column): unknown {
  try {
    return type.options.parse({ ...column.meta, ...column.colOptions });
  } catch (error) {
    if (error instanceof InvalidValue) return type.options.parse(undefined);
    throw error;
  }
}

/** The same object for the same column, so that caches can hold on to it. */
export function fieldOf(column: Column): Field {
  const known = fields.get(column);
  if (known !== undefined) return known;
  const found = findColumnType(column.uidt);
  const type = found ?? (findColumnType('SingleLineText') as AnyColumnType);
  const field: Field = {
    column,
    title: column.title,
    type,
    options: optionsOf(type, column),
    editable:
      found !== undefined &&
      type.filledBy === 'caller' &&
      !column.system &&
      !column.pk &&
      column.readonly !== true,
    isNumeric: type.json === 'number' && type.name !== 'Rating',
  };
  fields.set(column, field);
  return field;
}

/** What a person typed does not fit; `reason` completes "Field 'X' …". */
export interface Refusal {
  readonly reason: string;
}

/** A cell as the wire shows it to the value that column types work with. */
export function canonicalOf(field: Field, cell: CellValue): Value {
  if (cell === null || cell === undefined) return null;
  if (field.type.json === 'json') return JSON.stringify(cell);
  if (Array.isArray(cell)) return cell.map((item) => idOf(item)).join(',') || null;
  if (typeof cell === 'object') return idOf(cell);
  return cell as Value;
}

function idOf(item: unknown): string {
  if (typeof item === 'object' && item !== null) return String((item as { id?: unknown }).id ?? '');
  return String(item);
}

/** Ids in a cell of people. */
export const peopleIn = (cell: CellValue): readonly Person[] =>
  Array.isArray(cell)
    ? (cell as Person[])
    : typeof cell === 'object' && cell !== null
      ? [cell as Person]
      : [];

/** A canonical value as the server will show it, for showing it before it answers. */
export function cellOfValue(field: Field, value: Value, people: readonly Person[]): CellValue {
  if (value === null) return null;
  switch (field.type.json) {
    case 'number': {
      const digits = String(value);
      return readDecimal(String(Number(digits))) === digits ? Number(digits) : digits;
    }
    case 'json':
      return JSON.parse(String(value));
    case 'people':
      return String(value)
        .split(',')
        .map((id) => people.find((person) => person.id === id) ?? { id, email: id, display_name: null });
    default:
      return value;
  }
}

/** A canonical value as a write sends it. */
export const sentOf = (value: Value): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Untrusted input to a canonical value, or why it is refused. */
export function parseInput(
  field: Field,
  input: unknown,
  people: readonly Person[],
): { readonly value: Value } | Refusal {
  const findPerson = (name: string): string | undefined => {
    const wanted = name.toLowerCase();
    return people.find(({ id, email }) => id === name || email.toLowerCase() === wanted)?.id;
  };
  try {
    // The server knows how long a text may be.
    const context = { findPerson, maxTextLength: Number.MAX_SAFE_INTEGER };
    return { value: field.type.parse(input, field.options, context) };
  } catch (error) {
    if (error instanceof InvalidValue) return { reason: error.phrase };
    throw error;
  }
}

/** Titles of the choices in a cell. */
export const choicesIn = (cell: CellValue): readonly string[] =>
  typeof cell === 'string'
    ? cell.split(',').filter((title) => title !== '')
    : Array.isArray(cell)
      ? cell.map(String)
      : [];

/** Whether two cells hold the same. */
export const isSameValue = (a: Value, b: Value): boolean =>
  a === b || (a !== null && b !== null && typeof a !== 'boolean' && String(a) === String(b));
