import { AppError } from '../../core/errors.ts';
import type { Source } from '../../core/model.ts';
import type {
  ExternalSources,
  RecordReader,
  SourceAddress,
  TokenCipher,
  TokenSecret,
} from '../../core/ports.ts';
import type { Database } from '../engine.ts';
import { createDatabase } from '../sources.ts';
import type { ExternalEngine } from './engine.ts';
import { engineOf } from './engines.ts';
import { answerFault, networkFault } from './faults.ts';
import { type FileRules, requireFile } from './files.ts';
import { lazyConnection } from './lazyConnection.ts';

export interface ExternalSettings {
  readonly allowed: boolean;
  readonly files: FileRules;
  readonly cipher: TokenCipher;
  /** Hears what could not be closed; for the log. */
  readonly failed: (error: unknown) => void;
}

/** The open databases of all sources, for the room of databases. */
export interface ExternalRegistry extends ExternalSources {
  /** Throws UNAVAILABLE for a source that is gone. */
  reader(sourceId: string): RecordReader;
}

interface Known {
  readonly baseId: string;
  readonly source: Source;
  database: Database | undefined;
}

const nameOf = ({ alias, id }: Pick<Source, 'alias' | 'id'>): string => `Data source '${alias ?? id}'`;

const isSecured = (address: SourceAddress): boolean => address.engine !== 'sqlite' && address.tls !== false;

/** What is being looked at has no name yet. */
const unnamed = 'The database';

/** The data that ties an encrypted address to its row. */
const rowOf = (sourceId: string): string => `rg_source ${sourceId}`;

function requireEngine(address: SourceAddress): ExternalEngine {
  const engine = engineOf(address);
  if (engine === undefined)
    throw new AppError('BAD_REQUEST', `Databases of the kind '${address.engine}' cannot be connected.`);
  return engine;
}

/** Keeps one database, opened at its first use, for each connected source. */
export function createExternalSources(settings: ExternalSettings): ExternalRegistry {
  const known = new Map<string, Known>();

  const seal = (sourceId: string, address: SourceAddress): string =>
    JSON.stringify(settings.cipher.encrypt(JSON.stringify(address), rowOf(sourceId)));

  function open(sourceId: string, sealed: string): SourceAddress {
    try {
      return JSON.parse(settings.cipher.decrypt(JSON.parse(sealed) as TokenSecret, rowOf(sourceId)));
    } catch (cause) {
      throw new AppError(
        'UNAVAILABLE',
        'The connection of the data source cannot be decrypted: the keys of this instance are others than when it was made. Enter the connection again.',
        undefined,
        cause,
      );
    }
  }

  const reachable = (address: SourceAddress): SourceAddress =>
    address.engine === 'sqlite' ? { ...address, path: requireFile(settings.files, address.path) } : address;

  function requireAllowed(): void {
    if (settings.allowed) return;
    throw new AppError('FORBIDDEN', 'Forbidden - Existing databases cannot be connected to this instance.');
  }

  function databaseOf(sourceId: string): Database {
    const entry = known.get(sourceId);
    const external = entry?.source.external;
    if (entry === undefined || external === undefined) {
      throw new AppError('UNAVAILABLE', `Data source '${sourceId}' is being changed. Try again.`);
    }
    if (entry.database === undefined) {
      requireAllowed();
      const address = open(sourceId, external.sealed);
      const engine = requireEngine(address);
      const connect = async () => engine.connect(reachable(address));
      entry.database = createDatabase(
        lazyConnection(engine, nameOf(entry.source), connect, isSecured(address)),
      );
    }
    return entry.database;
  }

  function forget(sourceId: string): void {
    const database = known.get(sourceId)?.database;
    known.delete(sourceId);
    database?.close().catch(settings.failed);
  }

  return {
    allowed: settings.allowed,
    seal,
    open,
    know(baseId, sources) {
      const external = sources.filter((source) => source.external !== undefined);
      for (const [id, entry] of known) {
        if (entry.baseId === baseId && !external.some((source) => source.id === id)) forget(id);
      }
      for (const source of external) {
        const entry = known.get(source.id);
        const same = entry?.source.external?.sealed === source.external?.sealed;
        if (entry !== undefined && !same) forget(source.id);
        known.set(source.id, { baseId, source, database: same ? entry?.database : undefined });
      }
    },
    reader: (sourceId) => databaseOf(sourceId).reader,
    async transaction(sourceId, work) {
      const source = known.get(sourceId)?.source;
      if (source?.external?.dataReadOnly === true)
        throw new AppError('FORBIDDEN', `Forbidden - Source '${source.alias}' is read-only`);
      return databaseOf(sourceId).transaction(({ records }) => work(records), 'records');
    },
    async inspect(given, look) {
      requireAllowed();
      const engine = requireEngine(given);
      const address = reachable(given);
      const connection = lazyConnection(engine, unnamed, () => engine.connect(address), isSecured(address));
      try {
        return await look({
          async test() {
            await connection.execute({ text: engine.probe, params: [] });
          },
          schemas: () => engine.schemas(connection.execute),
          introspect: () => engine.introspect(connection.execute, address),
        });
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw answerFault(networkFault(error) ?? engine.explain(error), unnamed, error);
      } finally {
        await connection.close().catch(settings.failed);
      }
    },
    async close() {
      const open = [...known.values()].flatMap(({ database }) => database ?? []);
      known.clear();
      await Promise.all(open.map((database) => database.close().catch(settings.failed)));
    },
  };
}
