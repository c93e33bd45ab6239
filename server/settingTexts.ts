/** How the texts of settings are read. */

/** Reads one text; throws an Error whose message says what is expected. */
export type Read<T> = (text: string) => T;

export function wholeNumber(min: number, max: number): Read<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Error(`must be a whole number from ${min} to ${max}`);
    return value;
  };
}

export const flag: Read<boolean> = (text) => {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off|)$/i.test(text)) return false;
  throw new Error('must be true or false');
};

export const text: Read<string> = (value) => {
  if (value.trim() === '') throw new Error('must not be empty; remove it to use the default');
  return value;
};

export function oneOf<const T extends string>(...words: readonly T[]): Read<T> {
  return (value) => {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw new Error(`must be one of: ${words.join(', ')}`);
    return word;
  };
}

const units: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000, // 365.25 days, as the `ms` notation counts
};
const unitWords: Record<string, string> = {
  second: 's',
  seconds: 's',
  sec: 's',
  secs: 's',
  minute: 'm',
  minutes: 'm',
  min: 'm',
  mins: 'm',
  hour: 'h',
  hours: 'h',
  hr: 'h',
  hrs: 'h',
  day: 'd',
  days: 'd',
  week: 'w',
  weeks: 'w',
  year: 'y',
  years: 'y',
  yr: 'y',
  yrs: 'y',
};

/** A span of time such as `10h`, `15m`, `7d`, `2 days`, in milliseconds. A bare number is refused: its unit is a guess. */
export const duration: Read<number> = (value) => {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(value.trim());
  const unit = match?.[2]?.toLowerCase() ?? '';
  const factor = units[unit] ?? units[unitWords[unit] ?? ''];
  const milliseconds = factor === undefined ? 0 : Math.round(Number(match?.[1]) * factor);
  if (milliseconds < 1000 || milliseconds > 10 * 31_557_600_000) {
    throw new Error(
      `must be a time with its unit, from 1s to 10y, such as 15m, 10h or 7d; '${value}' is not`,
    );
  }
  return milliseconds;
};

const sizeUnits: Record<string, number> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes, bare or with kb, mb, gb. */
export const byteSize: Read<number> = (value) => {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value.trim());
  const factor = sizeUnits[match?.[2]?.toLowerCase() ?? ''];
  const bytes = match === null || factor === undefined ? Number.NaN : Math.round(Number(match[1]) * factor);
  if (!(bytes >= 1024 && bytes <= 2 ** 40))
    throw new Error('must be a size in bytes, or with kb, mb or gb, such as 10mb');
  return bytes;
};

export const webAddress: Read<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error('must be an address such as https://data.example.org');
  }
  return value.replace(/\/+$/, '');
};

/** The address of a Redis server; it may hold a password, so it is never repeated. */
export const redisAddress: Read<string> = (value) => {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new Error('must be an address such as redis://localhost:6379');
  return value;
};

export const origins: Read<readonly string[]> = (value) => {
  const list = value
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of list) {
    if (origin !== '*' && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
      throw new Error(
        `must be origins such as https://app.example.org, separated by commas, or *; '${origin}' is not`,
      );
    }
  }
  return list;
};

export const jwtSecret: Read<string> = (value) => {
  if (value.length < 32)
    throw new Error('must have at least 32 characters; a good one: openssl rand -base64 32');
  if (/^(.)\1+$/.test(value))
    throw new Error('is one character repeated; a good one: openssl rand -base64 32');
  return value;
};

export const timeZone: Read<string> = (value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new Error('must be the name of a time zone, such as UTC or Europe/Paris');
  }
};

export const emailAddress: Read<string> = (value) => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) throw new Error('must be an e-mail address');
  return value;
};

export const password: Read<string> = (value) => {
  if (value.length < 8 || value.length > 128) throw new Error('must have 8 to 128 characters');
  return value;
};
