import { migrate } from '../../server/db/migrations/migrate.ts';
import { openSource } from '../../server/db/sources.ts';
import { createTestDatabase, type ServerEngine, type TestDatabase, testEngine } from './testEngine.ts';

/** The databases of apps where they rest on a server: one for each folder. */

const databases = new Map<string, Promise<TestDatabase>>();

/** Copying a migrated database is faster than migrating one. */
let template: Promise<string | undefined> | undefined;

async function makeTemplate(engine: ServerEngine): Promise<string | undefined> {
  if (engine !== 'postgres') return undefined;
  const { name, address } = await createTestDatabase(engine);
  const database = await openSource(address);
  await migrate(database, database.dialect);
  await database.close();
  return name;
}

async function create(engine: ServerEngine): Promise<TestDatabase> {
  template ??= makeTemplate(engine);
  return createTestDatabase(engine, await template);
}

/** The database of the app in a folder, made when it is first asked for; undefined where it is a file in there. */
export async function findAppDatabase(folder: string): Promise<TestDatabase | undefined> {
  if (testEngine === 'sqlite') return undefined;
  let database = databases.get(folder);
  if (database === undefined) {
    database = create(testEngine);
    databases.set(folder, database);
  }
  return database;
}

/** What a process needs in its environment to share the database of a folder. */
export async function databaseSetting(folder: string): Promise<{ readonly NC_DB?: string }> {
  const database = await findAppDatabase(folder);
  return database === undefined ? {} : { NC_DB: database.url };
}

export async function dropAppDatabase(folder: string): Promise<void> {
  const database = databases.get(folder);
  databases.delete(folder);
  await (await database)?.drop();
}
