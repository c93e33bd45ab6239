import { randomBytes } from 'node:crypto';
import type { SettingStore } from '../core/ports.ts';
import type { Database } from '../db/engine.ts';
import { clientConfig } from '../db/engines/postgres/pool.ts';
import { createStores } from '../db/meta/index.ts';
import { type EngineAddress, openSource } from '../db/sources.ts';
import type { Bus } from './bus.ts';
import { createPostgresBus } from './postgresBus.ts';
import { createRedisBus } from './redisBus.ts';

/** What several instances need besides the database itself. */
export interface Wires {
  /** A way into the database of its own, so that no slow read delays a lease. */
  readonly control: Pick<Database, 'execute' | 'close'>;
  readonly bus: Bus | undefined;
  /** Counts for all instances, where there is one; the bus closes it. */
  readonly redis: unknown;
  /** Names the instances that belong together, for what they share outside the database. */
  readonly name: string;
}

const nameKey = 'cluster_name';
/** One for the beat, one for those who wait until everyone has heard. */
const controlConnections = 3;
/** Milliseconds; a beat that takes longer than a lease is of no use. */
const controlTimeout = 4000;

/** Made by the first instance, read by the others. */
async function readName(settings: SettingStore): Promise<string> {
  const kept = await settings.get(nameKey);
  if (kept !== undefined) return kept;
  const made = randomBytes(9).toString('hex');
  await settings.set(nameKey, made);
  return made;
}

function openBus(
  address: Exclude<EngineAddress, { engine: 'sqlite' }>,
  redisUrl: string | undefined,
  name: string,
  failed: (error: unknown) => void,
): Pick<Wires, 'bus' | 'redis'> {
  if (redisUrl !== undefined) {
    const bus = createRedisBus(redisUrl, name, failed);
    return { bus, redis: bus.client };
  }
  const listens = address.engine === 'postgres';
  return {
    bus: listens ? createPostgresBus(clientConfig(address.settings), failed) : undefined,
    redis: undefined,
  };
}

/** Undefined for an embedded database: its processes share a machine and need no wires. */
export async function connectWires(parts: {
  readonly address: EngineAddress;
  readonly database: Pick<Database, 'transaction' | 'dialect'>;
  readonly redisUrl: string | undefined;
  /** Hears a wire that broke. */
  readonly failed: (error: unknown) => void;
}): Promise<Wires | undefined> {
  const { address, redisUrl, failed } = parts;
  if (address.engine === 'sqlite') return undefined;
  const name = await parts.database.transaction(({ execute }) =>
    readName(createStores(execute, parts.database.dialect).settings),
  );
  const settings = {
    ...address.settings,
    connections: controlConnections,
    readTimeout: controlTimeout,
  };
  const control = await openSource({ ...address, settings });
  return { control, name, ...openBus(address, redisUrl, name, failed) };
}
