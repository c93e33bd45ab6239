import type { ColumnType } from '../columnType.ts';
import { integerSchema, parseInteger, readDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

const written = /^([+-]?)(\d{1,18}):(\d{1,2})(?::(\d{1,2}))?$/;

/** Seconds, 'h:mm' or 'h:mm:ss', as seconds. */
function readDuration(text: string): string | undefined {
  const match = written.exec(text);
  if (match === null) return readDecimal(text);
  const [, sign = '', hours = '', minutes = '', seconds = '0'] = match;
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return readDecimal(sign + String(BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)));
}

/** A length of time in whole seconds. */
export const duration: ColumnType = {
  name: 'Duration',
  storage: 'integer',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseInteger(input, "a whole number of seconds, 'h:mm' or 'h:mm:ss'", readDuration),
  format: formatPlain,
  operators: numberOperators('Duration', readDuration),
  schema: () => integerSchema,
  aggregations: 'number',
};
