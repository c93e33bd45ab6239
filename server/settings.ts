/**
 * Every setting there is: its name, what it means, its default and how its text
 * is read. config.ts reads them; docs/deploy/settings.md is tested against them.
 * Names of NocoDB are kept where the meaning is the same.
 */

export interface Setting {
  readonly name: string;
  readonly meaning: string;
  /** As it would be written in the environment; undefined: not set. */
  readonly fallback: string | undefined;
}

export interface Problem {
  readonly setting: string;
  readonly message: string;
}

/** Reads one text; throws an Error whose message says what is expected. */
type Read<T> = (text: string) => T;

interface Definition<T> extends Setting {
  readonly read: Read<T>;
}

function required<T>(name: string, fallback: string, meaning: string, read: Read<T>): Definition<T> {
  return { name, fallback, meaning, read };
}

function optional<T>(name: string, meaning: string, read: Read<T>): Definition<T | undefined> {
  return { name, fallback: undefined, meaning, read };
}

function wholeNumber(min: number, max: number): Read<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Error(`must be a whole number from ${min} to ${max}`);
    return value;
  };
}

const flag: Read<boolean> = (text) => {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off|)$/i.test(text)) return false;
  throw new Error('must be true or false');
};

const text: Read<string> = (value) => {
  if (value.trim() === '') throw new Error('must not be empty; remove it to use the default');
  return value;
};

function oneOf<const T extends string>(...words: readonly T[]): Read<T> {
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

const webAddress: Read<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error('must be an address such as https://data.example.org');
  }
  return value.replace(/\/+$/, '');
};

const origins: Read<readonly string[]> = (value) => {
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

const jwtSecret: Read<string> = (value) => {
  if (value.length < 32)
    throw new Error('must have at least 32 characters; a good one: openssl rand -base64 32');
  if (/^(.)\1+$/.test(value))
    throw new Error('is one character repeated; a good one: openssl rand -base64 32');
  return value;
};

const sqlitePath: Read<string> = (value) => {
  if (/^(postgres|postgresql|pg|mysql|mysql2|mariadb|mssql):/i.test(value)) {
    throw new Error(
      'names a database server, but this release keeps its data in the embedded SQLite; use sqlite:<path>',
    );
  }
  const path = value.replace(/^(sqlite3?|file):(\/\/)?/, '');
  if (path === '' || path.includes('\0') || path === ':memory:')
    throw new Error('must be sqlite:<path of a file>');
  return path;
};

const timeZone: Read<string> = (value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw new Error('must be the name of a time zone, such as UTC or Europe/Paris');
  }
};

const emailAddress: Read<string> = (value) => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) throw new Error('must be an e-mail address');
  return value;
};

const password: Read<string> = (value) => {
  if (value.length < 8 || value.length > 128) throw new Error('must have 8 to 128 characters');
  return value;
};

const definitions = {
  PORT: required('PORT', '8080', 'Port the server listens on.', wholeNumber(0, 65_535)),
  ROWGATE_HOST: required('ROWGATE_HOST', '0.0.0.0', 'Address the server listens on.', text),
  ROWGATE_DATA: required(
    'ROWGATE_DATA',
    './data',
    'Folder of the embedded database, the secrets and temporary files.',
    text,
  ),
  NC_DB: optional(
    'NC_DB',
    'Database of the instance, `sqlite:<path>`. Default: `rowgate.sqlite` in the data folder.',
    sqlitePath,
  ),
  ROWGATE_SQLITE_SYNC: required(
    'ROWGATE_SQLITE_SYNC',
    'normal',
    '`normal`: a commit survives the end of the process; `full`: also a power cut, at the price of a disk flush a write.',
    oneOf('normal', 'full'),
  ),
  NC_AUTH_JWT_SECRET: optional(
    'NC_AUTH_JWT_SECRET',
    'Secret that signs auth tokens, at least 32 characters. Default: made once and kept in the data folder.',
    jwtSecret,
  ),
  ROWGATE_TOKEN_KEYS: optional(
    'ROWGATE_TOKEN_KEYS',
    'Keys of the encrypted copies of API tokens, `name:base64` of 32 bytes, separated by commas; the first one encrypts. Default: made once and kept in the data folder.',
    text,
  ),
  NC_JWT_EXPIRES_IN: required(
    'NC_JWT_EXPIRES_IN',
    '10h',
    'How long an auth token is valid: a number with its unit, such as `15m`, `10h`, `7d`.',
    duration,
  ),
  NC_REFRESH_TOKEN_EXP_IN_DAYS: required(
    'NC_REFRESH_TOKEN_EXP_IN_DAYS',
    '30',
    'Days after which a device has to sign in again.',
    wholeNumber(1, 3650),
  ),
  NC_PUBLIC_URL: optional(
    'NC_PUBLIC_URL',
    'Address people reach the instance at, for links in mails; with `https` cookies are marked secure.',
    webAddress,
  ),
  NC_INVITE_ONLY_SIGNUP: required(
    'NC_INVITE_ONLY_SIGNUP',
    'false',
    '`true`: only invited people can sign up (the first user always can).',
    flag,
  ),
  NC_ADMIN_EMAIL: optional(
    'NC_ADMIN_EMAIL',
    'With `NC_ADMIN_PASSWORD`: the super admin, created at the first start.',
    emailAddress,
  ),
  NC_ADMIN_PASSWORD: optional(
    'NC_ADMIN_PASSWORD',
    'Password of the super admin, 8 to 128 characters.',
    password,
  ),
  ROWGATE_PASSWORD_MIN_LENGTH: required(
    'ROWGATE_PASSWORD_MIN_LENGTH',
    '8',
    'Shortest password accepted.',
    wholeNumber(8, 64),
  ),
  ROWGATE_TOKENS_PER_USER: required(
    'ROWGATE_TOKENS_PER_USER',
    '1',
    'API tokens a user may have (tokens of a base are not counted); `0`: no limit.',
    wholeNumber(0, 100_000),
  ),
  NC_REQUEST_BODY_SIZE: required('NC_REQUEST_BODY_SIZE', '10mb', 'Largest request body.', byteSize),
  ROWGATE_IMPORT_SIZE: required('ROWGATE_IMPORT_SIZE', '1gb', 'Largest file of an import.', byteSize),
  NC_DATA_PAYLOAD_LIMIT: required(
    'NC_DATA_PAYLOAD_LIMIT',
    '10000',
    'Records of one write request.',
    wholeNumber(1, 1_000_000),
  ),
  DB_QUERY_LIMIT_DEFAULT: required(
    'DB_QUERY_LIMIT_DEFAULT',
    '25',
    'Records of a page when the caller names no limit.',
    wholeNumber(1, 100_000),
  ),
  DB_QUERY_LIMIT_MAX: required(
    'DB_QUERY_LIMIT_MAX',
    '1000',
    'Most records of a page.',
    wholeNumber(1, 100_000),
  ),
  NC_MAX_TEXT_LENGTH: required(
    'NC_MAX_TEXT_LENGTH',
    '100000',
    'Most characters of a text value.',
    wholeNumber(1, 10_000_000),
  ),
  ROWGATE_TIME_ZONE: required(
    'ROWGATE_TIME_ZONE',
    'UTC',
    'Where a day begins for filters such as `today`.',
    timeZone,
  ),
  ROWGATE_TRUST_PROXY_HOPS: required(
    'ROWGATE_TRUST_PROXY_HOPS',
    '0',
    'Proxies in front whose `X-Forwarded-For` is believed.',
    wholeNumber(0, 10),
  ),
  ROWGATE_CORS_ORIGINS: required(
    'ROWGATE_CORS_ORIGINS',
    '*',
    'Web pages of these origins may call the API from a browser (never with cookies): origins separated by commas, or `*`.',
    origins,
  ),
  ROWGATE_METRICS_TOKEN: optional(
    'ROWGATE_METRICS_TOKEN',
    'Secret that `/metrics` asks for in the header `x-metrics-token`. Default: `/metrics` answers only to this machine.',
    text,
  ),
  ROWGATE_LOG_LEVEL: required(
    'ROWGATE_LOG_LEVEL',
    'info',
    'Least important log line written: `trace`, `debug`, `info`, `warn`, `error` or `silent`.',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
  ),
  NC_SMTP_HOST: optional(
    'NC_SMTP_HOST',
    'Mail server. Without it, links of invitations and resets are handed to the admin.',
    text,
  ),
  NC_SMTP_PORT: required('NC_SMTP_PORT', '587', 'Port of the mail server.', wholeNumber(1, 65_535)),
  NC_SMTP_SECURE: required(
    'NC_SMTP_SECURE',
    'false',
    '`true`: TLS from the first byte (port 465); otherwise STARTTLS where offered.',
    flag,
  ),
  NC_SMTP_USERNAME: optional('NC_SMTP_USERNAME', 'User name at the mail server.', text),
  NC_SMTP_PASSWORD: optional('NC_SMTP_PASSWORD', 'Password at the mail server.', text),
  NC_SMTP_FROM: required('NC_SMTP_FROM', 'rowgate@localhost', 'Sender of mails.', text),
};

type Values = { [K in keyof typeof definitions]: ReturnType<(typeof definitions)[K]['read']> };

const secretNames = new Set([
  'NC_AUTH_JWT_SECRET',
  'ROWGATE_TOKEN_KEYS',
  'NC_ADMIN_PASSWORD',
  'NC_SMTP_PASSWORD',
  'ROWGATE_METRICS_TOKEN',
]);

export const listSettings = (): readonly Setting[] =>
  Object.values(definitions).map(({ name, meaning, fallback }) => ({ name, meaning, fallback }));

/** Whether the value of a setting must never be shown. */
export const isSecretSetting = (name: string): boolean => secretNames.has(name);

/** Reads every setting; collects every problem instead of stopping at the first. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): {
  values: Values;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const { name, fallback, read } of Object.values(definitions) as Definition<unknown>[]) {
    const written = environment[name] ?? fallback;
    try {
      values[name] = written === undefined ? undefined : read(written);
    } catch (error) {
      problems.push({ setting: name, message: (error as Error).message });
    }
  }
  if ((environment.NC_ADMIN_EMAIL === undefined) !== (environment.NC_ADMIN_PASSWORD === undefined)) {
    problems.push({
      setting: 'NC_ADMIN_EMAIL',
      message: 'needs NC_ADMIN_PASSWORD beside it, and the other way round',
    });
  }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('ROWGATE_') && !(name in definitions) && !name.startsWith('ROWGATE_INTERNAL_')) {
      problems.push({
        setting: name,
        message: `is not a setting; the settings are listed in docs/deploy/settings.md`,
      });
    }
  }
  return { values: values as Values, problems };
}
