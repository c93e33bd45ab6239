import { readFileSync } from 'node:fs';
import type { ServerAddress, Tls } from './core/ports/sources.ts';

/** Where the instance's own database is, as `NC_DB` says it. Messages never repeat the text: it holds a password. */

export type DatabaseAddress = { readonly engine: 'sqlite'; readonly path: string } | ServerAddress;

type ServerEngine = ServerAddress['engine'];

const schemes: Readonly<Record<string, ServerEngine>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pg: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
};

const ports: Readonly<Record<ServerEngine, number>> = { postgres: 5432, mysql: 3306 };

const example: Readonly<Record<ServerEngine, string>> = {
  postgres: 'postgres://user:password@host:5432/database',
  mysql: 'mysql://user:password@host:3306/database',
};

const parameters = [
  'u',
  'p',
  'd',
  'user',
  'password',
  'database',
  'host',
  'schema',
  'sslmode',
  'sslrootcert',
];

const tlsModes = ['disable', 'require', 'verify-ca', 'verify-full'];

function readTls(given: URLSearchParams): Tls {
  const mode = given.get('sslmode') ?? 'disable';
  if (!tlsModes.includes(mode)) throw new Error(`has an sslmode that is none of ${tlsModes.join(', ')}`);
  if (mode === 'disable') return false;
  const file = given.get('sslrootcert');
  if (file === null) return { rejectUnauthorized: mode !== 'require' };
  try {
    return { rejectUnauthorized: true, ca: readFileSync(file, 'utf8') };
  } catch {
    throw new Error('names a file in sslrootcert that cannot be read');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('holds a % that begins no percent-encoded character; write %25 for the sign itself');
  }
}

function parseUrl(text: string, engine: ServerEngine): URL {
  // A scheme of the web, so that every part is read by the same rules.
  const rest = text.slice(text.indexOf(':') + 1).replace(/^\/\/(?=[/?]|$)/, '//localhost');
  if (!rest.startsWith('//') || !URL.canParse(`http:${rest}`)) {
    throw new Error(
      `is not an address such as ${example[engine]}; signs such as @ / ? # in the password are written as %40 %2F %3F %23`,
    );
  }
  return new URL(`http:${rest}`);
}

function portOf(text: string, engine: ServerEngine, url: URL): number {
  if (url.port !== '') return Number(url.port);
  return /:80(?:[/?#]|$)/.test(text) ? 80 : ports[engine]; // the web's own is left out by URL
}

function readServer(text: string, engine: ServerEngine): ServerAddress {
  const url = parseUrl(text, engine);
  const given = url.searchParams;
  const unknown = [...given.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined)
    throw new Error(`has the parameter '${unknown}', which is none of ${parameters.join(', ')}`);
  const either = (part: string, ...names: string[]): string =>
    part !== '' ? decode(part) : (names.map((name) => given.get(name)).find((value) => value !== null) ?? '');
  const database = either(url.pathname.slice(1), 'd', 'database');
  const user = either(url.username, 'u', 'user');
  if (database === '') throw new Error(`names no database; write it like ${example[engine]}`);
  if (user === '') throw new Error(`names no user; write it like ${example[engine]}`);
  return {
    engine,
    host: given.get('host') ?? decode(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: portOf(text, engine, url),
    user,
    password: either(url.password, 'p', 'password'),
    database,
    schema: engine === 'postgres' ? given.get('schema') : null,
    tls: readTls(given),
  };
}

/** Reads the text of `NC_DB`; throws an Error that says what is expected. */
export function databaseAddress(text: string): DatabaseAddress {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const engine = schemes[scheme];
  if (engine !== undefined) return readServer(text.trim(), engine);
  if (scheme !== '' && !/^(sqlite3?|file)$/.test(scheme)) {
    throw new Error(`names a kind of database that is not one of sqlite, ${Object.keys(schemes).join(', ')}`);
  }
  const path = text.replace(/^(sqlite3?|file):(\/\/)?/i, '');
  if (path === '' || path.includes('\0') || path === ':memory:')
    throw new Error('must be sqlite:<path of a file>');
  return { engine: 'sqlite', path };
}
