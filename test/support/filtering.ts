import type { AnyColumnType, FilterContext } from '../../columnTypes/columnType.ts';
import { columnOf, type Value } from '../../columnTypes/query.ts';
import { evaluateCondition } from './evaluateCondition.ts';

const noon: FilterContext = { now: new Date('2024-05-31T12:00:00Z'), timeZone: 'UTC' };

/** The values that `(x,op,argument)` keeps, the argument split at commas as the wire does. */
export function keep(
  type: AnyColumnType,
  op: string,
  argument: string | null | readonly (string | null)[],
  values: readonly Value[],
  context: FilterContext = noon,
): Value[] {
  const items = argument === null ? [] : typeof argument === 'string' ? argument.split(',') : argument;
  const text = argument === null ? null : items.map((item) => item ?? 'null').join(',');
  const operator = type.operators[op];
  if (operator === undefined) throw new Error(`no operator ${op}`);
  const condition = operator(
    columnOf('x', type.storage),
    { text, items },
    type.options.parse(undefined),
    context,
  );
  return values.filter((x) => evaluateCondition(condition, { x }) === true);
}
