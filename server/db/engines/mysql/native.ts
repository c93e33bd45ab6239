import type { NativeTypes } from '../../engine.ts';
import { type Fragment, raw, sql } from '../../fragment.ts';

/**
 * Columns of tables that others made, turned into the forms in which our own
 * columns rest. `type` is the column_type of the server, e.g. `decimal(10,2)`.
 */

const nameOf = (type: string): string => /^[a-z0-9]+/i.exec(type)?.[0].toLowerCase() ?? '';
const hasFraction = (type: string): boolean => /\([1-6]\)/.test(type);

/** Bytes of a binary value that are shown. */
const shownBytes = raw('256');
const binaries = new Set(['blob', 'tinyblob', 'mediumblob', 'longblob', 'binary', 'varbinary']);
const shapes = new Set([
  'geometry',
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
  'geomcollection',
]);

/** Compared byte for byte, whatever the column's own language is. */
const byBytes = (of: Fragment): Fragment => sql`(convert(${of} using utf8mb4) collate utf8mb4_bin)`;

function readText(of: Fragment, type: string): Fragment {
  const name = nameOf(type);
  if (binaries.has(name))
    return byBytes(
      sql`concat(lower(hex(left(${of}, ${shownBytes}))), if(length(${of}) > ${shownBytes}, '…', ''))`,
    );
  if (name === 'bit') return byBytes(sql`bin(${of} + 0)`);
  if (shapes.has(name)) return byBytes(sql`st_astext(${of})`);
  return byBytes(sql`cast(${of} as char)`);
}

/** A double in plain digits, as far as the server's decimals reach. */
const doubleDigits = (of: Fragment): Fragment =>
  sql`if(abs(${of}) >= 1e34 or (abs(${of}) >= 1e-4 and abs(${of}) < 1e15) or ${of} = 0, cast(${of} as char), cast(cast(${of} as decimal(65, 30)) as char))`;

/** Canonical digits: no zeros at the end behind the point. */
function readDecimal(of: Fragment, type: string): Fragment {
  const double = /^(float|double|real)/i.test(type);
  const digits = double ? doubleDigits(of) : sql`cast(${of} as char)`;
  const text = byBytes(digits);
  if (!double && !/,\s*[1-9]\d*\)/.test(type)) return text;
  return sql`if(locate('.', ${text}) = 0 or locate('e', ${text}) > 0, ${text}, trim(trailing '.' from trim(trailing '0' from ${text})))`;
}

export const mysqlNative: NativeTypes = {
  read(of, type, storage) {
    switch (storage) {
      case 'text':
        return readText(of, type);
      case 'json':
        return byBytes(sql`cast(${of} as char)`);
      case 'decimal':
        return readDecimal(of, type);
      case 'boolean':
        return sql`(${of} <> 0)`;
      case 'integer':
        return nameOf(type) === 'year' ? sql`(${of} + 0)` : of;
      case 'date':
        return of;
      // a cast would round up
      case 'datetime':
        return hasFraction(type) ? sql`date_format(${of}, '%Y-%m-%d %H:%i:%s')` : of;
      // what is no time of day is a duration
      case 'time':
        return sql`if(${of} between '00:00:00' and '23:59:59.999999', time_format(${of}, '%H:%i:%s'), null)`;
    }
  },
  write: (value) => value,
  exact: (type, storage) => storage === 'decimal' && /^(decimal|numeric|bigint)/i.test(type),
};
