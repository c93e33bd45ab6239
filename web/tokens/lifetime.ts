/** How long a new token works: never expires, days from now, or up to a date. */
export const lifetimes = ['never', '7', '30', '90', '365', 'date'] as const;
export type Lifetime = (typeof lifetimes)[number];

const dayLength = 86_400_000;

/** The day as an `<input type="date">` writes it, in the time zone of this device. */
export function inputDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When a token with this lifetime expires; a date counts to the end of that day here. null: never. */
export function expiryOf(lifetime: Lifetime, date: string, now: Date): string | null {
  if (lifetime === 'never') return null;
  if (lifetime === 'date') return new Date(`${date}T23:59:59`).toISOString();
  return new Date(now.getTime() + Number(lifetime) * dayLength).toISOString();
}
