import { databaseAddress } from './databaseAddress.ts';
import {
  byteSize,
  duration,
  emailAddress,
  flag,
  jwtSecret,
  oneOf,
  origins,
  password,
  type Read,
  redisAddress,
  text,
  timeZone,
  webAddress,
  wholeNumber,
} from './settingTexts.ts';

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

interface Definition<T> extends Setting {
  readonly read: Read<T>;
}

function required<T>(name: string, fallback: string, meaning: string, read: Read<T>): Definition<T> {
  return { name, fallback, meaning, read };
}

function optional<T>(name: string, meaning: string, read: Read<T>): Definition<T | undefined> {
  return { name, fallback: undefined, meaning, read };
}

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
    'Database of the instance: `sqlite:<path>`, `postgres://…` or `mysql://…` ([the forms](#the-database)). Default: `rowgate.sqlite` in the data folder.',
    databaseAddress,
  ),
  ROWGATE_DB_CONNECTIONS: required(
    'ROWGATE_DB_CONNECTIONS',
    '10',
    'Most connections of a process to a database server. Half of them stay free for reads.',
    wholeNumber(2, 1000),
  ),
  ROWGATE_DB_READ_TIMEOUT: required(
    'ROWGATE_DB_READ_TIMEOUT',
    '60s',
    'How long a database server may take to answer a read before it is given up: a number with its unit.',
    duration,
  ),
  NC_REDIS_URL: optional(
    'NC_REDIS_URL',
    'Redis that carries news between instances and counts rate limits for all of them, `redis://…` or `rediss://…`. Only for several instances on one database server.',
    redisAddress,
  ),
  ROWGATE_WORKERS: required(
    'ROWGATE_WORKERS',
    '1',
    'Processes of this machine that share the port.',
    wholeNumber(1, 64),
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
  ROWGATE_EXTERNAL_SOURCES: required(
    'ROWGATE_EXTERNAL_SOURCES',
    'true',
    '`false`: no existing databases can be connected, and those that were are not read. Connecting reaches out to any host a creator names.',
    flag,
  ),
  ROWGATE_SQLITE_SOURCES: optional(
    'ROWGATE_SQLITE_SOURCES',
    'Folder whose SQLite files may be connected as data sources. Default: none may.',
    text,
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
  'NC_DB',
  'NC_REDIS_URL',
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
    if (name.startsWith('ROWGATE_') && !(name in definitions) && !/^ROWGATE_(?:INTERNAL|TEST)_/.test(name)) {
      problems.push({
        setting: name,
        message: `is not a setting; the settings are listed in docs/deploy/settings.md`,
      });
    }
  }
  return { values: values as Values, problems };
}
