import fc from 'fast-check';
import type { Comparison, Condition, Expr, StorageKind, Value } from '../../columnTypes/query.ts';
import { columnExpr } from './openEngines.ts';

/** What a database should answer, worked out in plain JavaScript, and random questions for it. */

export type Row = Readonly<Record<string, Value>>;

export const storageKinds = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'time',
  'json',
] as const;

export function canonicalDecimal(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text =
    scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0+$/, '');
  return text === '0' ? '0' : sign + text;
}

const wholeNumber = (value: bigint): Value =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;

const fill = (value: number, width: number): string => String(value).padStart(width, '0');
const date = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${fill(y, 4)}-${fill(m, 2)}-${fill(d, 2)}`);
const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map(([h, m, s]) => `${fill(h, 2)}:${fill(m, 2)}:${fill(s, 2)}`);

const words = [
  'a',
  'A',
  'b',
  'ab',
  'É',
  'é',
  'a,b',
  "it's",
  'x"y',
  '%',
  '_',
  '',
  'Σς',
  '😀',
  'null',
  '10',
  '9',
];
const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: 'binary', maxLength: 12 }).map((given) => given.replaceAll('\0', '')),
);
const decimal = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -999n, max: 999n }), fc.nat(3))
    .map(([units, scale]) => canonicalDecimal(units, scale)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.nat(40))
    .map(([u, s]) => canonicalDecimal(u, s)),
  // Neighbours that share a double.
  fc.nat(20).map((last) => canonicalDecimal(1234567890123456789000n + BigInt(last), 9)),
);

const arbitraries: Readonly<Record<StorageKind, fc.Arbitrary<Value>>> = {
  text,
  integer: fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(wholeNumber),
  ),
  decimal,
  boolean: fc.boolean(),
  date,
  datetime: fc.tuple(date, time).map(([d, t]) => `${d} ${t}+00:00`),
  time,
  json: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
};

export const valueOfKind = (storage: StorageKind): fc.Arbitrary<Value> =>
  fc.option(arbitraries[storage], { freq: 4, nil: null });

/** Rows with a column of every storage kind, each named like its kind. */
export const anyRows = fc.array(
  fc.record(Object.fromEntries(storageKinds.map((kind) => [kind, valueOfKind(kind)]))),
  { minLength: 1, maxLength: 12 },
) as fc.Arbitrary<Row[]>;

const comparisons: readonly Comparison[] = ['=', '<>', '<', '<=', '>', '>='];
const literal = (value: Value, storage: StorageKind): Expr => ({ kind: 'value', value, storage });

function testOf(storage: StorageKind): fc.Arbitrary<Condition> {
  const of = columnExpr(storage, storage);
  const compared = fc
    .tuple(fc.constantFrom(...comparisons), valueOfKind(storage))
    .map(([op, value]): Condition => ({ kind: 'compare', op, left: of, right: literal(value, storage) }));
  const within = fc
    .array(arbitraries[storage], { maxLength: 12 })
    .map((values): Condition => ({ kind: 'in', of, values }));
  return fc.oneof(compared, within, fc.constant<Condition>({ kind: 'isNull', of }));
}

const pattern = fc.array(fc.constantFrom('%', '_', 'a', 'A', 'b', 'é', 'É', '😀', ','), { maxLength: 5 }).map(
  (parts): Condition => ({
    kind: 'matchesPattern',
    of: columnExpr('text', 'text'),
    pattern: parts.join(''),
  }),
);
const item = fc
  .constantFrom('a', 'B', 'É', '10')
  .map((given): Condition => ({ kind: 'hasItem', of: columnExpr('text', 'text'), item: given }));
const mixed = decimal.map(
  (value): Condition => ({
    kind: 'compare',
    op: '<',
    left: columnExpr('integer', 'integer'),
    right: literal(value, 'decimal'),
  }),
);

export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(...storageKinds.map(testOf), pattern, item, mixed),
    fc.array(tie('condition'), { maxLength: 4 }).map((of): Condition => ({ kind: 'all', of })),
    fc.array(tie('condition'), { maxLength: 4 }).map((of): Condition => ({ kind: 'any', of })),
    tie('condition').map((of): Condition => ({ kind: 'not', of })),
  ),
})).condition;

function scaled(digits: string, scale: number): bigint {
  const [whole = '', fraction = ''] = digits.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

/** Negative, zero or positive. NULL is the caller's business. */
export function compareValues(a: Value, b: Value, storage: StorageKind): number {
  if (storage === 'integer' || storage === 'boolean')
    return (
      Number(BigInt(a as number) - BigInt(b as number) > 0n) -
      Number(BigInt(a as number) < BigInt(b as number))
    );
  if (storage === 'decimal') {
    const scale = 200;
    const difference = scaled(String(a), scale) - scaled(String(b), scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

type Truth = boolean | null;
const negate = (truth: Truth): Truth => (truth === null ? null : !truth);

function compares(op: Comparison, order: number): boolean {
  const answers = {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return answers[op];
}

const lower = (given: string): string => given.toLowerCase().replaceAll('ς', 'σ');

function matches(given: string, wanted: string): boolean {
  const source = [...lower(wanted)]
    .map((part) =>
      part === '%' ? '[^]*' : part === '_' ? '[^]' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`, 'u').test(lower(given));
}

const valueIn = (expr: Expr, row: Row): Value => {
  if (expr.kind === 'column') return row[expr.name] ?? null;
  if (expr.kind === 'value') return expr.value;
  throw new Error('the model knows columns and values');
};

/** SQL's three-valued truth of a condition for one row. */
export function isTrue(condition: Condition, row: Row): Truth {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const decisive = condition.kind === 'any';
      const truths = condition.of.map((term) => isTrue(term, row));
      if (truths.includes(decisive)) return decisive;
      return truths.includes(null) ? null : !decisive;
    }
    case 'not':
      return negate(isTrue(condition.of, row));
    case 'isNull':
      return valueIn(condition.of, row) === null;
    case 'compare': {
      const [a, b] = [valueIn(condition.left, row), valueIn(condition.right, row)];
      const kinds = [condition.left.storage, condition.right.storage];
      const storage = kinds.includes('decimal') ? 'decimal' : condition.left.storage;
      return a === null || b === null ? null : compares(condition.op, compareValues(a, b, storage));
    }
    case 'in': {
      const value = valueIn(condition.of, row);
      if (condition.values.length === 0) return false;
      return value === null
        ? null
        : condition.values.some((one) => compareValues(one, value, condition.of.storage) === 0);
    }
    case 'matchesPattern': {
      const value = valueIn(condition.of, row);
      return value === null ? null : matches(String(value), condition.pattern);
    }
    case 'hasItem': {
      const value = valueIn(condition.of, row);
      return value === null ? null : lower(String(value)).split(',').includes(lower(condition.item));
    }
  }
}

/** A value as a read gives it. */
export const asRead = (value: Value): string | number | boolean | null =>
  typeof value === 'bigint' ? value.toString() : value;

/** A value in JSON by the rules of JsonShape: what a writer without SQL would send. */
export function asJson(value: Value, storage: StorageKind): string {
  if (value === null) return 'null';
  if (storage === 'json') return String(value);
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (storage !== 'decimal') return JSON.stringify(value);
  return isDouble(String(value)) ? String(value) : JSON.stringify(value);
}

/** Whether the shortest digits of the nearest double are those of the decimal. */
function isDouble(digits: string): boolean {
  const number = Number(digits);
  if (!Number.isFinite(number)) return false;
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const places = 500;
  return (
    scaled(mantissa, places) * 10n ** BigInt(400 + Number(exponent)) === scaled(digits, places) * 10n ** 400n
  );
}
