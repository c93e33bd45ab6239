/** Arithmetic on canonical decimal digits ('-12.5') and dates, exact at any length. */

interface Scaled {
  readonly digits: bigint;
  readonly scale: number; // digits after the point
}

function toScaled(text: string): Scaled {
  const point = text.indexOf('.');
  if (point === -1) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

const rescale = (value: Scaled, scale: number): bigint => value.digits * 10n ** BigInt(scale - value.scale);

function toText(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : '';
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = padded.slice(0, padded.length - scale);
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '');
  return fraction === '' ? (whole === '0' ? '0' : sign + whole) : `${sign}${whole}.${fraction}`;
}

/** `a - b` of canonical decimals. */
export function subtractDecimals(a: string, b: string): string {
  const [left, right] = [toScaled(a), toScaled(b)];
  const scale = Math.max(left.scale, right.scale);
  return toText(rescale(left, scale) - rescale(right, scale), scale);
}

/** The number halfway between two canonical decimals. */
export function middleDecimal(a: string, b: string): string {
  const [left, right] = [toScaled(a), toScaled(b)];
  const scale = Math.max(left.scale, right.scale) + 1;
  return toText((rescale(left, scale) + rescale(right, scale)) / 2n, scale);
}

/** Whole days between two dates or instants that begin with 'YYYY-MM-DD'. */
export function differenceInDays(from: string, to: string): number {
  const dayOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  return dayOf(to) - dayOf(from);
}

/** Calendar months between two dates or instants that begin with 'YYYY-MM'. */
export function differenceInMonths(from: string, to: string): number {
  const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return monthOf(to) - monthOf(from);
}
