import type Sqlite from 'better-sqlite3';
import {
  addToSum,
  compareDecimals,
  type DecimalSum,
  divideDecimal,
  fitsDouble,
  orderRest,
  plainDigits,
  readSum,
  startSum,
} from './decimals.ts';
import { addToMedian, readMedian, startMedian } from './median.ts';
import { registerNative } from './native.ts';

type Cell = string | number | bigint | null;

const pure = { deterministic: true } as const;

/** Case folding for matches: lower case, with one sigma. */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

/** What SQLite cannot say itself; every connection of ours has them. */
export function registerFunctions(db: Sqlite.Database): void {
  db.function('rg_lower', pure, (text: Cell) => (text === null ? null : String(text).toLowerCase()));
  db.function('rg_fold', pure, (text: Cell) => (text === null ? null : fold(String(text))));
  db.function('rg_fits_double', pure, (text: Cell) => (fitsDouble(String(text)) ? 1 : 0));
  db.function('rg_double', pure, (text: Cell) => (text === null ? null : Number(text)));
  db.function('rg_order_rest', pure, (text: Cell) => (text === null ? null : orderRest(String(text))));
  db.function('rg_plain_digits', pure, (value: Cell) => (value === null ? null : plainDigits(Number(value))));
  db.function('rg_join_halves', { deterministic: true, safeIntegers: true }, joinHalves);
  registerDecimalAggregates(db);
  registerStatistics(db);
  registerNative(db);
}

/** An exact sum of integers from the sums of their upper and lower halves. */
function joinHalves(upper: Cell, lower: Cell): bigint | string | null {
  if (upper === null || lower === null) return null;
  const sum = BigInt(upper) * 4294967296n + BigInt(lower);
  const safe = sum >= -9007199254740991n && sum <= 9007199254740991n;
  return safe ? sum : sum.toString();
}

interface Aggregate<State> {
  readonly start: () => State;
  readonly step: (state: State, value: Cell) => void;
  readonly result: (state: State) => unknown;
}

/** An aggregate that leaves NULLs out. */
function addAggregate<State>(
  db: Sqlite.Database,
  name: string,
  { start, step, result }: Aggregate<State>,
): void {
  db.aggregate<State>(name, {
    ...pure,
    start,
    step: (state, value) => {
      const cell = value as unknown as Cell; // the driver's types take rows and state for one
      if (cell !== null) step(state, cell);
    },
    result,
  });
}

const bestDecimal = (sign: 1 | -1): Aggregate<{ text: string | null }> => ({
  start: () => ({ text: null }),
  step: (state, value) => {
    const candidate = String(value);
    if (state.text === null || compareDecimals(candidate, state.text) * sign > 0) state.text = candidate;
  },
  result: ({ text }) => text,
});

function registerDecimalAggregates(db: Sqlite.Database): void {
  const step = (sum: DecimalSum, value: Cell): void => addToSum(sum, String(value));
  addAggregate(db, 'rg_sum', { start: startSum, step, result: readSum });
  addAggregate(db, 'rg_avg', {
    start: startSum,
    step,
    result: (sum) => {
      const total = readSum(sum);
      return total === null ? null : divideDecimal(total, sum.count);
    },
  });
  addAggregate(db, 'rg_min', bestDecimal(-1));
  addAggregate(db, 'rg_max', bestDecimal(1));
}

/** Median and population standard deviation, as canonical decimals. */
function registerStatistics(db: Sqlite.Database): void {
  addAggregate(db, 'rg_median', { start: startMedian, step: addToMedian, result: readMedian });
  addAggregate(db, 'rg_std_dev', {
    start: () => ({ count: 0, mean: 0, squares: 0 }),
    step: (state, value) => {
      state.count += 1;
      const distance = Number(value) - state.mean;
      state.mean += distance / state.count;
      state.squares += distance * (Number(value) - state.mean);
    },
    result: ({ count, squares }) => {
      const spread = count === 0 ? Number.NaN : Math.sqrt(squares / count);
      return Number.isFinite(spread) ? plainDigits(spread) : null;
    },
  });
}
