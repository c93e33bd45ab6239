import { operatorTable, refuseValue } from '../arguments.ts';
import { writeTime } from '../calendar.ts';
import type { ColumnType } from '../columnType.ts';
import { parseTime, readTimeOfDay } from '../dates.ts';
import {
  betweenOperators,
  type CompareWith,
  comparisonOperators,
  emptinessOperators,
  inOperator,
} from '../operators.ts';
import { noOptions } from '../options.ts';
import { compare } from '../query.ts';
import { formatPlain, shorten } from '../texts.ts';

function readArgument(text: string): string {
  const time = readTimeOfDay(text.trim());
  if (time !== undefined) return writeTime(time);
  throw refuseValue(text, `'${shorten(text)}' is not a time of day: write 'HH:mm' or 'HH:mm:ss'.`);
}

const compareWith: CompareWith = (column, op, text) => compare(op, column, readArgument(text));
const comparisons = comparisonOperators(compareWith, true);

export const time: ColumnType = {
  name: 'Time',
  storage: 'time',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  parse: parseTime,
  format: formatPlain,
  operators: operatorTable(
    emptinessOperators,
    comparisons,
    { not: comparisons.neq, in: inOperator((_column, text) => readArgument(text), true) },
    betweenOperators(compareWith),
  ),
  schema: () => ({
    type: 'string',
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$',
    examples: ['14:30:00'],
  }),
  aggregations: 'none',
};
