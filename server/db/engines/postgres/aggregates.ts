import type { AggregateName, StorageKind } from '../../../../columnTypes/query.ts';
import { type Fragment, raw, sql } from '../../fragment.ts';
import { byBytes, isText } from './spelling.ts';

/** Through a double, as its shortest digits; `fallback` where no double can hold it. */
const asDouble = (of: Fragment, fallback: Fragment): Fragment =>
  sql`case when abs(${of}) between 1e-300 and 1e300 or ${of} = 0 then (${of})::float8::text::numeric else ${fallback} end`;

/** A quotient to double precision; beyond the range of doubles to a whole number. */
function average(of: Fragment): Fragment {
  const total = sql`sum(${of})`;
  return sql`case when abs(${total}) between 1e-300 and 1e300 or ${total} = 0
    then (${total}::float8 / count(${of}))::text::numeric else trunc(${total} / count(${of})) end`;
}

/** The middle value, or the middle of the two: places n/2 and just after it, the same one of an odd number. */
const median = (of: Fragment): Fragment =>
  sql`(select (m[1] + m[2]) * 0.5 from (select percentile_disc(array[0.5, 0.500000000001]) within group (order by ${of}) as m) as middle)`;

function extreme(name: 'min' | 'max', of: Fragment, storage: StorageKind): Fragment {
  if (storage === 'boolean') return sql`${raw(name === 'min' ? 'bool_and' : 'bool_or')}(${of})`;
  return sql`${raw(name)}(${isText(storage) ? byBytes(of) : of})`;
}

export function aggregate(name: AggregateName, of: Fragment | null, storage: StorageKind): Fragment {
  if (of === null) return raw('count(*)');
  const number =
    storage === 'decimal' ? of : sql`(${of})${raw(storage === 'boolean' ? '::int' : '')}::numeric`;
  switch (name) {
    case 'count':
      return sql`count(${of})`;
    case 'countDistinct':
      return sql`count(distinct ${of})`;
    case 'sum':
      return sql`sum(${number})`;
    case 'min':
    case 'max':
      return extreme(name, of, storage);
    case 'avg':
      return average(number);
    case 'median':
      return median(number);
    case 'stdDev':
      return asDouble(sql`stddev_pop(${number})`, sql`round(stddev_pop(${number}))`);
  }
}
