import { AppError } from '../errors.ts';

/** How often something may happen to one key before it is refused. */
export interface Limit {
  readonly times: number;
  readonly seconds: number;
}

/** Every limit of the identity routes. Per address unless its name says otherwise. */
export const identityLimits = {
  badCredential: { times: 30, seconds: 60 },
  signUp: { times: 100, seconds: 60 },
  signInAddress: { times: 30, seconds: 60 },
  signInAccount: { times: 10, seconds: 900 },
  passwordForgotAddress: { times: 30, seconds: 60 },
  passwordForgotAccount: { times: 5, seconds: 3600 },
  tokenRevealUser: { times: 10, seconds: 3600 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof identityLimits;

/** Counts events. Implemented in server/limits. */
export interface RateLimits {
  /** Counts one event; the seconds to wait when it is one too many, else 0. */
  take(limit: LimitName, key: string): Promise<number>;
  /** Uncounts one event that turned out harmless. */
  giveBack(limit: LimitName, key: string): Promise<void>;
}

/** The refusal of a limit, with the seconds after which trying again makes sense. */
export function tooManyRequests(what: string, seconds: number): AppError {
  const wait = Math.max(1, Math.ceil(seconds));
  return new AppError('RATE_LIMITED', `Too many ${what}. Try again in ${wait} seconds.`, {
    retryAfter: wait,
  });
}

/** Counts one event and throws RATE_LIMITED when it is one too many. */
export async function requireWithinLimit(
  limits: RateLimits,
  limit: LimitName,
  key: string,
  what: string,
): Promise<void> {
  const seconds = await limits.take(limit, key);
  if (seconds > 0) throw tooManyRequests(what, seconds);
}

/**
 * The key under which an address is counted: whoever has one IPv6 address has
 * its whole /64, so that is counted as one.
 */
export function addressKey(address: string | null): string {
  if (address === null) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
