import type { Value } from '../../../../columnTypes/query.ts';
import type { NativeTypes } from '../../engine.ts';
import { type Fragment, raw, sql } from '../../fragment.ts';

/**
 * Columns of tables that others made. Most of their types are the ones our own
 * columns rest in; the rest is turned into them. `type` is what `format_type`
 * says, so it may stand in a statement as it is.
 */

const plainTexts = /^(text|character varying(\(\d+\))?)$/;
/** Bytes of a binary value that are shown. */
const shownBytes = raw('256');

function readText(of: Fragment, type: string): Fragment {
  if (plainTexts.test(type)) return of;
  // a cast adds the size of the network of a single address
  if (type === 'inet') return sql`case when ${of} is not null then concat(${of}) end`;
  if (type !== 'bytea') return sql`(${of})::text`;
  const shown = sql`encode(substring(${of} for ${shownBytes}), 'hex')`;
  return sql`(${shown} || case when length(${of}) > ${shownBytes} then '…' else '' end)`;
}

/** What no digits can say, such as NaN, is nothing. */
function readDecimal(of: Fragment, type: string): Fragment {
  if (type === 'double precision')
    return sql`case when ${of} between -1.7976931348623157e308 and 1.7976931348623157e308 then (${of})::text::numeric end`;
  if (type === 'real')
    return sql`case when ${of} between -3.4028235e38 and 3.4028235e38 then (${of})::text::numeric end`;
  if (type.startsWith('numeric')) return sql`nullif(nullif(nullif(${of}, 'NaN'), 'Infinity'), '-Infinity')`;
  return sql`(${of})::numeric`;
}

/** To the second, never rounded up; a moment without a zone is taken for UTC. */
function readMoment(of: Fragment, type: string): Fragment {
  const seconds = type.includes('(0)') ? of : sql`date_trunc('second', ${of})`;
  return type.endsWith('with time zone') ? seconds : sql`(${seconds} at time zone 'UTC')`;
}

function readJson(of: Fragment, type: string): Fragment {
  return type === 'json' || type === 'jsonb' ? sql`(${of})::text` : sql`to_json(${of})::text`;
}

const isUuid = (value: Value): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

export const postgresNative: NativeTypes = {
  read(of, type, storage) {
    switch (storage) {
      case 'text':
        return readText(of, type);
      case 'decimal':
        return readDecimal(of, type);
      case 'datetime':
        return readMoment(of, type);
      case 'time':
        return type.includes('(0)') ? of : sql`(date_trunc('second', (${of})::interval)::time)`;
      case 'json':
        return readJson(of, type);
      case 'integer':
      case 'boolean':
      case 'date':
        return of;
    }
  },
  write: (value, type) => (needsCast(type) ? sql`(${value})::${raw(type)}` : value),
  exact: (type, storage, value) =>
    type === 'uuid' ? isUuid(value) : storage === 'decimal' && type.startsWith('numeric'),
};

const assignable =
  /^(text|character|bpchar|citext|name|smallint|integer|bigint|numeric|real|double precision|boolean|date|time|timestamp)/;

/** Whether the database takes our value for the column only when it is told the type. */
export const needsCast = (type: string): boolean => !assignable.test(type);
