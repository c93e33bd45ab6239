import type { Value } from '../../columnTypes/query.ts';
import type { Row } from '../api/shapes.ts';
import { type CellChange, changeOf } from './edits.ts';
import { canonicalOf, type Field } from './field.ts';
import type { Area } from './pastePlan.ts';
import type { Writes } from './writes.ts';

/** Filling cells by dragging: a pattern repeats, two or more whole numbers or dates go on. */

const dayLength = 86_400_000;

function dayNumber(value: Value): number | undefined {
  const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(day) ? undefined : day / dayLength;
}

const writeDay = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** Values as steps of a constant size; undefined when they are none. */
function readSeries(field: Field, values: readonly Value[]): { first: number; step: number } | undefined {
  const { storage, name } = field.type;
  if (values.length < 2 || name === 'Rating' || (storage !== 'integer' && storage !== 'date'))
    return undefined;
  const numbers = values.map((value) =>
    storage === 'date' ? dayNumber(value) : Number.isSafeInteger(value) ? (value as number) : undefined,
  );
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return undefined;
  const step = second - first;
  return numbers.every((number, index) => number === first + index * step) ? { first, step } : undefined;
}

/**
 * The value of a place along the filled direction, counted from the first of the
 * source; places before it are negative.
 */
export function fillValue(field: Field, source: readonly Value[], place: number): Value {
  const series = readSeries(field, source);
  if (series !== undefined) {
    const number = series.first + series.step * place;
    return field.type.storage === 'date' ? writeDay(number) : number;
  }
  const index = ((place % source.length) + source.length) % source.length;
  return source[index] ?? null;
}

/** @param rows the rows from `top` on that hold source and destination */
export function planFill(
  source: Area,
  destination: Area,
  top: number,
  rows: readonly Row[],
  fields: readonly Field[],
  writes: Writes,
): CellChange[] {
  const changes: CellChange[] = [];
  const sameColumns =
    destination.x >= source.x && destination.x + destination.width <= source.x + source.width;
  for (let y = destination.y; y < destination.y + destination.height; y += 1) {
    const row = rows[y - top];
    if (row === undefined) continue;
    for (let x = destination.x; x < destination.x + destination.width; x += 1) {
      const field = fields[x];
      const inSource =
        x >= source.x && x < source.x + source.width && y >= source.y && y < source.y + source.height;
      if (field === undefined || !field.editable || inSource) continue;
      const value = sameColumns
        ? fillValue(field, columnValues(source, top, rows, field), y - source.y)
        : rowValue(source, x, row, fields, field);
      if (value === undefined) continue;
      const change = changeOf(writes, row, field, value);
      if (change !== undefined) changes.push(change);
    }
  }
  return changes;
}

const columnValues = (source: Area, top: number, rows: readonly Row[], field: Field): Value[] =>
  Array.from({ length: source.height }, (_, i) =>
    canonicalOf(field, rows[source.y - top + i]?.[field.title]),
  );

/** Sideways only between columns of one type: a value means the same there. */
function rowValue(
  source: Area,
  x: number,
  row: Row,
  fields: readonly Field[],
  field: Field,
): Value | undefined {
  const offset = (((x - source.x) % source.width) + source.width) % source.width;
  const from = fields[source.x + offset];
  if (from === undefined || from.type.name !== field.type.name) return undefined;
  return canonicalOf(from, row[from.title]);
}
