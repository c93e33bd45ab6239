import { AppError } from '../../../core/errors.ts';
import type { RawValue } from '../../../core/ports.ts';
import { type Fragment, raw, sql } from '../../fragment.ts';
import { addToSum, divideDecimal, midpoint, plainDigits, readSum, startSum } from '../sqlite/decimals.ts';

/**
 * Decimals rest as canonical digits, as on SQLite: DECIMAL ends at 65 digits.
 * They sort by a text whose byte order is the order of the numbers.
 */

const digits = '0123456789';
/** In a negative number a larger digit makes it smaller. */
const mirrored = 'jihgfedcba';
const width = 10;
const largestWidth = 10 ** 9;

/** Characters before the point. */
const wholePart = (of: Fragment): Fragment => sql`char_length(substring_index(${of}, '.', 1))`;

function mirror(of: Fragment): Fragment {
  let result = of;
  for (const [index, digit] of [...digits].entries())
    result = sql`replace(${result}, ${raw(`'${digit}'`)}, ${raw(`'${mirrored[index]}'`)})`;
  return result;
}

/** Sorts a decimal rightly by bytes. */
export const orderKey = (of: Fragment): Fragment =>
  sql`if(${of} like '-%', concat('n', lpad(${raw(String(largestWidth + 1))} - ${wholePart(of)}, ${raw(String(width))}, '0'), ${mirror(sql`substring(${of}, 2)`)}, '~'), concat('p', lpad(${wholePart(of)}, ${raw(String(width))}, '0'), ${of}))`;

/** The same of canonical digits. */
export function orderKeyOf(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text.length : point;
  if (!text.startsWith('-')) return `p${String(whole).padStart(width, '0')}${text}`;
  const turned = text.slice(1).replace(/\d/g, (digit) => mirrored[Number(digit)] as string);
  return `n${String(largestWidth + 1 - whole).padStart(width, '0')}${turned}~`;
}

/** The smallest or largest decimal: of keys, each with the decimal behind it. */
export const extreme = (name: 'min' | 'max', of: Fragment): Fragment =>
  sql`substring_index(${raw(name)}(concat(${orderKey(of)}, '|', ${of})), '|', -1)`;

/** Whether sums of it are exact in DECIMAL(65,30): up to a billion rows. */
const fits = (of: Fragment): Fragment =>
  sql`(${wholePart(of)} <= 26 and char_length(${of}) - ${wholePart(of)} <= 31)`;

const trimmed = (of: Fragment): Fragment =>
  sql`trim(trailing '.' from trim(trailing '0' from cast(${of} as char)))`;

/** A text that group_concat would cut off without a word. */
const tooMuch = '!';
const unlessTooMuch = (size: Fragment, list: Fragment): Fragment =>
  sql`if(${size} >= @@max_allowed_packet, ${raw(`'${tooMuch}'`)}, ${list})`;

/** What short decimals add up to, and every longer one behind it: `1.5+1e…`; finished by readDecimal. */
export const sumOf = (of: Fragment): Fragment =>
  unlessTooMuch(
    sql`sum(if(${fits(of)}, 0, octet_length(${of}) + 1))`,
    sql`nullif(concat_ws('+', ${trimmed(sql`sum(if(${fits(of)}, cast(${of} as decimal(65,30)), null))`)}, group_concat(if(${fits(of)}, null, ${of}) separator '+')), '')`,
  );

/** A sum and how many were added. */
export const averageOf = (sum: Fragment, of: Fragment): Fragment => sql`concat(${sum}, '/', count(${of}))`;

/** The middle value, or the two in the middle: `1|2`. */
export const medianOf = (of: Fragment, key: Fragment): Fragment =>
  unlessTooMuch(
    sql`sum(octet_length(${of}) + 1)`,
    sql`substring_index(substring_index(group_concat(${of} order by ${key} separator '|'), '|', (count(${of}) + 2) div 2), '|', if(count(${of}) mod 2 = 1, -1, -2))`,
  );

function addUp(list: string): string {
  const sum = startSum();
  for (const text of list.split('+')) addToSum(sum, text);
  return readSum(sum) as string;
}

/** From what the statements above give to canonical digits. */
export function readDecimal(value: unknown): RawValue {
  if (typeof value === 'number') return Number.isFinite(value) ? plainDigits(value) : null;
  if (typeof value !== 'string') return null;
  if (/^-?[\d.]*$/.test(value)) return value;
  if (value.includes(tooMuch)) {
    throw new AppError(
      'UNPROCESSABLE',
      'There are too many values to aggregate at once on this database. Filter the records.',
    );
  }
  const [first = '', second] = value.split(/[/|]/);
  if (value.includes('|')) return midpoint(first, second as string);
  const total = addUp(first);
  return second === undefined ? total : divideDecimal(total, Number(second));
}
