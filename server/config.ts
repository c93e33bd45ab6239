import { resolve } from 'node:path';
import type { CoreSettings } from './core/context.ts';
import type { EngineAddress } from './db/sources.ts';
import { listSettings, type Problem, readSettings, type Setting } from './settings.ts';

/**
 * The only reader of the environment. All problems are reported at once; the
 * result is frozen and everything else receives what it needs from it.
 */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Folder of the embedded database, secrets and temporary files. */
  readonly dataFolder: string;
  /** The instance's own database; its settings hold a password. */
  readonly database: EngineAddress;
  readonly redisUrl: string | undefined;
  /** Processes that share the port. */
  readonly workers: number;
  readonly jwtSecret: string | undefined;
  readonly tokenKeys: string | undefined;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly importLimit: number;
  readonly trustProxyHops: number;
  readonly corsOrigins: readonly string[];
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
  /** Folder of a built interface in place of the one beside the server; for development. */
  readonly webFolder: string | undefined;
  readonly smtp:
    | {
        readonly host: string;
        readonly port: number;
        readonly secure: boolean;
        readonly user: string | undefined;
        readonly password: string | undefined;
        readonly from: string;
      }
    | undefined;
  /** Existing databases may be connected; SQLite files only from this folder. */
  readonly externalSources: { readonly allowed: boolean; readonly sqliteFolder: string | undefined };
  /** Without what only the opened server knows. */
  readonly core: Omit<CoreSettings, 'hasInterface'>;
}

/** The environment says something that cannot be understood. `problems` tells all of it, a line each. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.setting}: ${problem.message}`).join('\n'));
    this.problems = problems;
  }
}

/** Every setting, for docs/deploy/settings.md and the test that checks it. */
export const settings: readonly Setting[] = listSettings();

type Values = ReturnType<typeof readSettings>['values'];

function databaseOf(values: Values, dataFolder: string): EngineAddress {
  const address = values.NC_DB ?? { engine: 'sqlite', path: resolve(dataFolder, 'rowgate.sqlite') };
  if (address.engine === 'sqlite') {
    const settings = { path: resolve(address.path), synchronous: values.ROWGATE_SQLITE_SYNC };
    return { engine: 'sqlite', settings };
  }
  const { engine, ...server } = address;
  const [connections, readTimeout] = [values.ROWGATE_DB_CONNECTIONS, values.ROWGATE_DB_READ_TIMEOUT];
  return { engine, settings: { ...server, connections, readTimeout } };
}

const day = 24 * 60 * 60 * 1000;

/** Reads and checks all settings. Throws InvalidConfig with every problem. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { values, problems } = readSettings(environment);
  if (problems.length > 0) throw new InvalidConfig(problems);
  const dataFolder = resolve(values.ROWGATE_DATA);
  const { NC_ADMIN_EMAIL: email, NC_ADMIN_PASSWORD: password } = values;
  return Object.freeze({
    host: values.ROWGATE_HOST,
    port: values.PORT,
    dataFolder,
    database: databaseOf(values, dataFolder),
    redisUrl: values.NC_REDIS_URL,
    workers: values.ROWGATE_WORKERS,
    jwtSecret: values.NC_AUTH_JWT_SECRET,
    tokenKeys: values.ROWGATE_TOKEN_KEYS,
    admin: email === undefined || password === undefined ? undefined : { email, password },
    bodyLimit: values.NC_REQUEST_BODY_SIZE,
    importLimit: values.ROWGATE_IMPORT_SIZE,
    trustProxyHops: values.ROWGATE_TRUST_PROXY_HOPS,
    corsOrigins: values.ROWGATE_CORS_ORIGINS,
    metricsToken: values.ROWGATE_METRICS_TOKEN,
    logLevel: values.ROWGATE_LOG_LEVEL,
    webFolder: environment.ROWGATE_INTERNAL_WEB,
    smtp:
      values.NC_SMTP_HOST === undefined
        ? undefined
        : {
            host: values.NC_SMTP_HOST,
            port: values.NC_SMTP_PORT,
            secure: values.NC_SMTP_SECURE,
            user: values.NC_SMTP_USERNAME,
            password: values.NC_SMTP_PASSWORD,
            from: values.NC_SMTP_FROM,
          },
    externalSources: {
      allowed: values.ROWGATE_EXTERNAL_SOURCES,
      sqliteFolder:
        values.ROWGATE_SQLITE_SOURCES === undefined ? undefined : resolve(values.ROWGATE_SQLITE_SOURCES),
    },
    core: Object.freeze({
      jwtLifetime: values.NC_JWT_EXPIRES_IN,
      refreshLifetime: values.NC_REFRESH_TOKEN_EXP_IN_DAYS * day,
      inviteOnlySignup: values.NC_INVITE_ONLY_SIGNUP,
      tokensPerUser: values.ROWGATE_TOKENS_PER_USER,
      pageSizeDefault: values.DB_QUERY_LIMIT_DEFAULT,
      pageSizeMax: values.DB_QUERY_LIMIT_MAX,
      payloadLimit: values.NC_DATA_PAYLOAD_LIMIT,
      maxTextLength: values.NC_MAX_TEXT_LENGTH,
      publicUrl: values.NC_PUBLIC_URL ?? null,
      passwordMinLength: values.ROWGATE_PASSWORD_MIN_LENGTH,
      timeZone: values.ROWGATE_TIME_ZONE,
    }),
  });
}
