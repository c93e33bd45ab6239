import type { JsonShape } from '../../../../columnTypes/columnType.ts';
import type { StorageKind } from '../../../../columnTypes/query.ts';
import type { JsonMember } from '../../engine.ts';
import { type Fragment, join, raw, sql } from '../../fragment.ts';
import { asText, literal } from './spelling.ts';

/**
 * Rows as JSON, written by the database. Every value is the text of its JSON,
 * or NULL. The pieces are put together by `||`: the database's own functions
 * write blanks between them and know keys of 63 bytes only.
 */

const inQuotes = (of: Fragment): Fragment => sql`'"' || ${of} || '"'`;

/** An integer that a double holds is a JSON number, any other a string of its digits. */
const integerAsJson = (of: Fragment): Fragment =>
  sql`case when ${of} between -9007199254740991 and 9007199254740991 then (${of})::text else ${inQuotes(sql`(${of})::text`)} end`;

/**
 * A decimal that a double holds as written is a JSON number, any other a string
 * of its digits. Up to 15 digits a double holds in any case, more than 17
 * never; what is between is turned into a double and back.
 */
function decimalAsJson(of: Fragment): Fragment {
  const text = asText(of, 'decimal');
  const digits = sql`length(trim(both '0' from translate(${text}, '-.', '')))`;
  const size = sql`abs(${of})`;
  const fits = sql`case when length(${text}) <= 15 then true
    when ${digits} > 17 or ${size} >= 1.7976931348623158e308 or ${size} < 5e-324 then false
    when ${digits} <= 15 and ${size} > 1e-307 then true
    else (${of})::float8::text::numeric = ${of} end`;
  return sql`case when ${fits} then ${text} else ${inQuotes(text)} end`;
}

/** The text of the JSON of a value; undefined for what the core writes. */
export function jsonValue(
  of: Fragment,
  storage: StorageKind,
  shape: JsonShape,
  lists: 'text' | 'array',
): Fragment | undefined {
  switch (shape) {
    case 'string':
      if (storage === 'text') return sql`to_json(${of})::text`;
      if (storage === 'integer' || storage === 'boolean' || storage === 'json') return undefined;
      return inQuotes(asText(of, storage));
    case 'number':
      if (storage === 'integer') return integerAsJson(of);
      return storage === 'decimal' ? decimalAsJson(of) : undefined;
    case 'boolean':
      return storage === 'boolean' ? sql`(${of})::text` : undefined;
    case 'json':
      return storage === 'json' ? sql`(${of})::json::text` : undefined;
    case 'list':
      return storage === 'text' && lists === 'text' ? sql`to_json(${of})::text` : undefined;
    default:
      return undefined; // people are looked up by the core
  }
}

function object(members: readonly JsonMember[]): Fragment {
  if (members.length === 0) return raw("'{}'");
  const pieces = members.map(({ key, value }, index) => {
    const name = literal(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    return sql`${name} || coalesce(${value}, 'null')`;
  });
  return sql`${join(pieces, ' || ')} || '}'`;
}

export const jsonRow = (members: readonly JsonMember[], from: Fragment): Fragment =>
  sql`select ${object(members)} from ${from}`;

export const jsonRows = (members: readonly JsonMember[], from: Fragment): Fragment =>
  sql`select '[' || coalesce(string_agg(${object(members)}, ','), '') || ']' from ${from}`;
