import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { connectWires, type Wires } from './cluster/connect.ts';
import { AppError } from './core/errors.ts';
import { migrate } from './db/migrations/migrate.ts';
import { type Database, type EngineAddress, openSource } from './db/sources.ts';

/** The database that keeps what this instance knows. */
export interface OwnDatabase {
  /** Its tables are of this version. */
  readonly database: Database;
  /** On a server, where other instances may be. */
  readonly wires: Wires | undefined;
}

type OnServer = Exclude<EngineAddress, { engine: 'sqlite' }>;

const placeOf = ({ settings }: OnServer): string => `${settings.host}:${settings.port}/${settings.database}`;

/** The last error of a chain says what the system said, e.g. ECONNREFUSED. */
function reasonOf(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  const code = last instanceof Error && 'code' in last ? String(last.code) : '';
  return code === '' ? '' : ` (${code})`;
}

/** For whoever starts the server: which database it is, never its password. */
function unreachable(address: EngineAddress, error: unknown): unknown {
  if (address.engine === 'sqlite' || !(error instanceof AppError) || error.code !== 'UNAVAILABLE')
    return error;
  const message = `NC_DB: ${placeOf(address)} cannot be used: ${error.message.replace(/ Try again\.$/, '')}${reasonOf(error)}`;
  return new AppError('UNAVAILABLE', message, undefined, error);
}

async function openMigrated(address: EngineAddress): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await openSource(address);
    await migrate(database, database.dialect);
    return database;
  } catch (error) {
    await database?.close();
    throw unreachable(address, error);
  }
}

/**
 * Opens the database of an address and brings its tables up to date.
 *
 * @throws AppError UNAVAILABLE, naming the place, when its server cannot be used
 */
export async function openOwnDatabase(
  address: EngineAddress,
  redisUrl: string | undefined,
  failed: (error: unknown) => void,
): Promise<OwnDatabase> {
  if (address.engine === 'sqlite')
    await mkdir(dirname(address.settings.path), { recursive: true, mode: 0o700 });
  const database = await openMigrated(address);
  return { database, wires: await connectWires({ address, database, redisUrl, failed }) };
}
