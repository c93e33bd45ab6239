import { operatorTable } from '../arguments.ts';
import { type ColumnType, InvalidValue } from '../columnType.ts';
import { comparisonOperators, emptinessOperators, inOperator } from '../operators.ts';
import { noOptions } from '../options.ts';
import { compare } from '../query.ts';
import { likeOperators } from '../textOperators.ts';
import { formatPlain } from '../texts.ts';
import { readJson, writeJson } from './text.ts';

/** What a cell of that JSON holds; text that is no JSON stands for the JSON string. */
function normalise(text: string): string {
  try {
    return readJson(text) ?? text;
  } catch (error) {
    if (error instanceof InvalidValue) return JSON.stringify(text);
    throw error;
  }
}

const { eq, neq, gb_eq } = comparisonOperators(
  (column, op, text) => compare(op, column, normalise(text)),
  true,
);
const memberOf = inOperator((_column, text) => normalise(text), true);

export const json: ColumnType = {
  name: 'JSON',
  storage: 'json',
  json: 'json',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => (typeof input === 'string' ? readJson(input) : writeJson(input)),
  format: formatPlain,
  operators: operatorTable(emptinessOperators, { eq, neq, not: neq, gb_eq, in: memberOf }, likeOperators),
  schema: () => ({}),
  aggregations: 'none',
};
