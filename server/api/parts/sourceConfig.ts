import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import type { SourceAddress, Tls } from '../../core/ports.ts';

/** How clients say where an existing database is: `{client, connection, searchPath?}`, as drivers' settings look. */

const pem = Type.Optional(Type.Union([Type.String(), Type.Null()]));

const sslSchema = Type.Union([
  Type.Boolean(),
  Type.Null(),
  Type.Object({
    rejectUnauthorized: Type.Optional(Type.Boolean()),
    ca: pem,
    cert: pem,
    key: pem,
    servername: pem,
  }),
]);

const connectionSchema = Type.Object({
  host: Type.Optional(Type.String()),
  port: Type.Optional(Type.Union([Type.Integer(), Type.String(), Type.Null()])),
  user: Type.Optional(Type.String()),
  password: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  database: Type.Optional(Type.String()),
  ssl: Type.Optional(sslSchema),
  filename: Type.Optional(
    Type.String({ description: 'Of an SQLite file, in the folder the server allows.' }),
  ),
  connection: Type.Optional(Type.Object({ filename: Type.Optional(Type.String()) })),
});

export const configSchema = Type.Object({
  client: Type.String({ description: '`pg`, `mysql2` or `sqlite3`' }),
  connection: connectionSchema,
  searchPath: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String(), Type.Null()])),
});
export type SourceConfig = Static<typeof configSchema>;

const engines: Readonly<Record<string, SourceAddress['engine']>> = {
  pg: 'postgres',
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
};

const usualPorts = { postgres: 5432, mysql: 3306 } as const;
const longest = 1000;

const refuse = (message: string): AppError => new AppError('INVALID_REQUEST_BODY', message);

function requireText(what: string, given: string | undefined): string {
  const text = given?.trim() ?? '';
  if (text === '') throw refuse(`The connection has no ${what}`);
  if (text.length > longest || text.includes('\0'))
    throw refuse(`The ${what} of the connection is not usable`);
  return text;
}

function decodePort(given: number | string | null | undefined, usual: number): number {
  if (given === undefined || given === null || given === '') return usual;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw refuse('The port of the connection is a number from 1 to 65535');
  return port;
}

function decodeTls(given: Static<typeof sslSchema> | undefined): Tls {
  if (given === undefined || given === null || given === false) return false;
  if (given === true) return { rejectUnauthorized: true };
  const { rejectUnauthorized = true, ca, cert, key, servername } = given;
  return {
    rejectUnauthorized,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(servername && { servername }),
  };
}

/** Throws INVALID_REQUEST_BODY naming what is missing; a password may be. */
export function decodeConfig({ client, connection, searchPath }: SourceConfig): SourceAddress {
  const engine = engines[client.toLowerCase()];
  if (engine === undefined)
    throw refuse(
      `'${client.slice(0, 40)}' is no kind of database that can be connected: pg, mysql2 or sqlite3`,
    );
  if (engine === 'sqlite') {
    const path = requireText('filename', connection.filename ?? connection.connection?.filename);
    return { engine, path };
  }
  const [schema] = typeof searchPath === 'string' ? [searchPath] : (searchPath ?? []);
  return {
    engine,
    host: requireText('host', connection.host),
    port: decodePort(connection.port, usualPorts[engine]),
    user: requireText('user', connection.user),
    password: connection.password ?? '',
    database: requireText('database', connection.database),
    schema: engine === 'mysql' ? null : schema?.trim() || null,
    tls: decodeTls(connection.ssl),
  };
}
