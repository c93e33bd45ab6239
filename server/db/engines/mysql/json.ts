import type { JsonShape } from '../../../../columnTypes/columnType.ts';
import type { StorageKind } from '../../../../columnTypes/query.ts';
import type { JsonMember } from '../../engine.ts';
import { bound, type Fragment, join, raw, sql } from '../../fragment.ts';
import { quoteText } from './names.ts';

/**
 * Rows as JSON text, byte for byte what JSON.stringify writes. Each row is
 * one: a list of all would end at the largest packet of the server.
 */

/** Begins a statement whose rows are together one JSON array. */
export const beginsArray = 'select /* array */ ';

/** MariaDB writes these control characters with capital letters: `\u001F`. */
const capitals = [0x0b, 0x0e, 0x0f, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f];
const hexadecimal = (code: number): string => code.toString(16).padStart(2, '0');
const character = (code: number): string => `_utf8mb4 x'${hexadecimal(code)}'`;
/** The n-th stand-in: a character that JSON leaves alone, and a letter. */
const standIn = (index: number): string => `_utf8mb4 x'7f${hexadecimal(0x61 + index)}'`;

/** The function's own collation agrees with no other. */
const jsonQuote = (of: Fragment): Fragment => sql`json_quote(${of}) collate utf8mb4_bin`;

/** With the characters replaced before quoting, and their escapes put in afterwards. */
function quoteWithControls(of: Fragment): Fragment {
  let text = sql`replace(${of}, ${raw(character(0x7f))}, ${raw(standIn(0))})`;
  for (const [index, code] of capitals.entries())
    text = sql`replace(${text}, ${raw(character(code))}, ${raw(standIn(index + 1))})`;
  let quoted = jsonQuote(text);
  for (const [index, code] of capitals.entries())
    quoted = sql`replace(${quoted}, ${raw(standIn(index + 1))}, ${raw(`'\\u00${hexadecimal(code)}'`)})`;
  return sql`replace(${quoted}, ${raw(standIn(0))}, ${raw(character(0x7f))})`;
}

const quoteJson = (of: Fragment): Fragment =>
  sql`if(locate('\\u00', ${jsonQuote(of)}) = 0, ${jsonQuote(of)}, ${quoteWithControls(of)})`;

const inQuotes = (of: Fragment): Fragment => sql`concat('"', ${of}, '"')`;

/** Digits that count: without sign, point and zeros at the ends. */
const digitsOf = (of: Fragment): Fragment =>
  sql`trim(leading '0' from trim(trailing '0' from replace(replace(${of}, '-', ''), '.', '')))`;

/**
 * A number where a double holds it exactly as written: a decimal of at most 15
 * digits that is neither huge nor tiny, and one whose digits are those its
 * double is written with. Beyond 309 places there is no double.
 */
function decimalAsJson(of: Fragment): Fragment {
  const double = sql`substring_index(cast(cast(${of} as double) as char), 'e', 1)`;
  const places = sql`char_length(replace(substring_index(${of}, '.', 1), '-', ''))`;
  const digits = digitsOf(of);
  const plain = sql`char_length(${digits}) <= 15 and char_length(${of}) <= 300`;
  const same = sql`char_length(${digits}) <= 17 and ${places} <= 309 and ${digits} = ${digitsOf(double)}`;
  return sql`if(char_length(${of}) <= 15 or (${plain}) or (${same}), ${of}, ${inQuotes(of)})`;
}

const exactInteger = (of: Fragment): Fragment =>
  sql`if(${of} between -9007199254740991 and 9007199254740991, cast(${of} as char), ${inQuotes(of)})`;

/** JSON text, SQL's NULL for null. */
function filled(
  of: Fragment,
  storage: StorageKind,
  shape: JsonShape,
  lists: 'text' | 'array',
): Fragment | undefined {
  switch (shape) {
    case 'list':
      return storage === 'text' && lists === 'text' ? quoteJson(of) : undefined;
    case 'string':
      if (storage === 'integer' || storage === 'boolean' || storage === 'json') return undefined;
      if (storage === 'text') return quoteJson(of);
      return storage === 'datetime'
        ? sql`concat('"', cast(${of} as char(19)), '+00:00"')`
        : inQuotes(sql`cast(${of} as char)`);
    case 'number':
      if (storage === 'integer') return exactInteger(of);
      return storage === 'decimal' ? decimalAsJson(of) : undefined;
    case 'boolean':
      return storage === 'boolean' ? sql`if(${of}, 'true', 'false')` : undefined;
    case 'json':
      return storage === 'json' ? of : undefined;
    default:
      return undefined; // people are looked up by the core
  }
}

/** A stored value as JSON; undefined for the shapes that are made elsewhere. */
export function jsonValue(
  of: Fragment,
  storage: StorageKind,
  shape: JsonShape,
  lists: 'text' | 'array',
): Fragment | undefined {
  const value = filled(of, storage, shape, lists);
  if (value === undefined) return undefined;
  return storage === 'boolean' ? sql`if(${of} is null, 'null', ${value})` : sql`coalesce(${value}, 'null')`;
}

function object(members: readonly JsonMember[]): Fragment {
  const parts = members.map(({ key, value }, index) => {
    const name = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    return sql`${name.includes('\0') ? bound(name) : raw(quoteText(name))}, ${value}`;
  });
  // As bytes: they reach the client as they are.
  return members.length === 0 ? raw("'{}'") : sql`cast(concat(${join(parts, ', ')}, '}') as binary)`;
}

export const jsonRow = (members: readonly JsonMember[], from: Fragment): Fragment =>
  sql`select ${object(members)} from ${from}`;

export const jsonRows = (members: readonly JsonMember[], from: Fragment): Fragment =>
  sql`${raw(beginsArray)}${object(members)} from ${from}`;
