/** Longest part taken from a title: with prefix and suffix it stays under every engine's limit of 63 bytes. */
const maxLength = 40;

/** Names some engine keeps for itself even when quoted, or that confuse people reading SQL. */
const reserved = new Set(
  (
    'rowid oid _rowid_ ctid xmin xmax cmin cmax tableoid all and as asc between by case check column constraint ' +
    'create cross current_date current_time current_timestamp default delete desc distinct drop else end except ' +
    'false foreign from full group having in index inner insert intersect into is join key left like limit natural ' +
    'not null offset on or order outer primary references right row rows select set table then to true union ' +
    'unique update user using values view when where with'
  ).split(' '),
);

function sanitise(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/_+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, maxLength);
}

/**
 * A name for the database: ASCII letters, digits and `_`, unlike every name in
 * `taken` (lower case) and every reserved word. `fallback` stands for titles
 * without a usable letter.
 */
export function choosePhysicalName(
  title: string,
  fallback: string,
  taken: ReadonlySet<string>,
  prefix = '',
): string {
  const wanted = sanitise(title) || fallback;
  const stem = prefix + (/^\d/.test(wanted) && prefix === '' ? `f_${wanted}` : wanted);
  const free = (name: string): boolean => !taken.has(name.toLowerCase()) && !reserved.has(name.toLowerCase());
  if (free(stem)) return stem;
  for (let n = 2; ; n += 1) if (free(`${stem}_${n}`)) return `${stem}_${n}`;
}
