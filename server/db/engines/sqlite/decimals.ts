/**
 * Exact arithmetic on canonical decimals: plain digits, no exponent, no
 * superfluous zeros. SQLite has no such type, so they rest as text.
 */

/** Below this many characters a double holds a decimal exactly as written, and SQLite converts it rightly. */
export const shortDecimal = 15;

interface Scaled {
  readonly units: bigint;
  readonly scale: number; // digits after the point
}

function parse(text: string): Scaled {
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

const rescale = (value: Scaled, scale: number): bigint => value.units * 10n ** BigInt(scale - value.scale);

/** `units / 10^scale` in canonical digits. */
export function formatScaled(units: bigint, scale: number): string {
  if (units === 0n) return '0';
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The shortest decimal that reads back as `value` (finite), in canonical digits. */
export function plainDigits(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  const exponentAt = text.indexOf('e');
  if (exponentAt < 0) return text;
  const mantissa = parse(text.slice(0, exponentAt));
  const scale = mantissa.scale - Number(text.slice(exponentAt + 1));
  return scale >= 0
    ? formatScaled(mantissa.units, scale)
    : formatScaled(mantissa.units * 10n ** BigInt(-scale), 0);
}

/** Whether a double holds exactly this decimal as written, so that JSON may carry it as a number. */
export function fitsDouble(text: string): boolean {
  const value = Number(text);
  return Number.isFinite(value) && plainDigits(value) === text;
}

export function compareDecimals(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (x !== y) return x < y ? -1 : 1;
  if (a === b) return 0;
  const [left, right] = [parse(a), parse(b)];
  const scale = Math.max(left.scale, right.scale);
  const difference = rescale(left, scale) - rescale(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What `orderRest` is for every decimal of at most `shortDecimal` characters. */
export const noRest = 'n';

/**
 * Orders decimals that the same double stands for: a text whose byte order is
 * the order of (decimal − shortest decimal of its double). A short decimal is
 * its double's shortest decimal, so its rest is nothing.
 */
export function orderRest(text: string): string {
  const double = Number(text);
  const value = parse(text);
  const base = Number.isFinite(double) ? parse(plainDigits(double)) : { units: 0n, scale: 0 };
  const scale = Math.max(value.scale, base.scale);
  const rest = rescale(value, scale) - rescale(base, scale);
  if (rest === 0n) return noRest;
  const digits = (rest < 0n ? -rest : rest).toString();
  const magnitude = String(500_000_000 + digits.length - scale).padStart(9, '0');
  const code = magnitude + digits.replace(/0+$/, '');
  if (rest > 0n) return `p${code}`;
  return `a${code.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

/** A running exact sum. */
export interface DecimalSum {
  count: number;
  /** Sums of short decimals by scale, each exact in a double. */
  readonly small: number[];
  readonly large: Map<number, bigint>;
}

export const startSum = (): DecimalSum => ({ count: 0, small: [], large: new Map() });

const flushAt = 2 ** 52; // a short decimal adds less than 10^15, so the sum stays below 2^53

export function addToSum(sum: DecimalSum, text: string): void {
  sum.count += 1;
  if (text.length > shortDecimal) {
    const { units, scale } = parse(text);
    sum.large.set(scale, (sum.large.get(scale) ?? 0n) + units);
    return;
  }
  const point = text.indexOf('.');
  const scale = point < 0 ? 0 : text.length - point - 1;
  const units = point < 0 ? Number(text) : Number(text.slice(0, point) + text.slice(point + 1));
  const total = (sum.small[scale] ?? 0) + units;
  if (Math.abs(total) < flushAt) {
    sum.small[scale] = total;
    return;
  }
  sum.large.set(scale, (sum.large.get(scale) ?? 0n) + BigInt(total));
  sum.small[scale] = 0;
}

/** The sum in canonical digits; null when nothing was added. */
export function readSum(sum: DecimalSum): string | null {
  if (sum.count === 0) return null;
  const all: Scaled[] = [...sum.large].map(([scale, units]) => ({ units, scale }));
  sum.small.forEach((units, scale) => {
    all.push({ units: BigInt(units), scale });
  });
  const scale = Math.max(0, ...all.map((part) => part.scale));
  return formatScaled(
    all.reduce((total, part) => total + rescale(part, scale), 0n),
    scale,
  );
}

/** The middle of two decimals, exactly. */
export function midpoint(a: string, b: string): string {
  const [left, right] = [parse(a), parse(b)];
  const scale = Math.max(left.scale, right.scale);
  return formatScaled((rescale(left, scale) + rescale(right, scale)) * 5n, scale + 1);
}

/** A quotient to double precision; beyond the range of doubles to a whole number. */
export function divideDecimal(text: string, by: number): string {
  const quotient = Number(text) / by;
  if (Number.isFinite(quotient)) return plainDigits(quotient);
  const { units, scale } = parse(text);
  return formatScaled(units / 10n ** BigInt(scale) / BigInt(by), 0);
}
