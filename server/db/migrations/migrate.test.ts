import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../../test/support/folder.ts';
import { builderOf, metaTables, toSql } from '../meta/builder.ts';
import { type Database, openSqlite } from '../sources.ts';
import { migrate, migrations } from './migrate.ts';
import type { Migration } from './types.ts';

let folder: ReturnType<typeof makeFolder>;
let path = '';
const open: Database[] = [];
beforeEach(() => {
  folder = makeFolder();
  path = join(folder.path, 'meta.db');
});
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
  folder.remove();
});

async function connect(): Promise<Database> {
  const database = await openSqlite({ path });
  open.push(database);
  return database;
}
const sqlite = { name: 'sqlite' } as const;
const everyName = migrations.map((migration) => migration.name);
const names = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row.name);

async function tablesOf(database: Database): Promise<unknown[]> {
  const { rows } = await database.execute({
    text: "select name from sqlite_master where type = 'table' and name like 'rg!_%' escape '!' order by name",
    params: [],
  });
  return names(rows);
}

describe('migrate', () => {
  test('makes every table once', async () => {
    const database = await connect();
    expect(await migrate(database, sqlite)).toEqual(everyName);
    expect(await tablesOf(database)).toEqual([...metaTables].sort());
    expect(await migrate(database, sqlite)).toEqual([]);
    const { rows } = await database.execute({ text: 'select * from rg_epoch', params: [] });
    expect(rows).toEqual([{ id: 1, v: 0 }]);
  });

  test('two handles that start at once share the work', async () => {
    const done = await Promise.all([migrate(await connect(), sqlite), migrate(await connect(), sqlite)]);
    expect(done.flat().sort()).toEqual(everyName);
  });

  test('processes that start at once share the work', async () => {
    const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
    const code = `import { migrate } from ${at('./migrate.ts')};
      import { openSqlite } from ${at('../sources.ts')};
      const database = await openSqlite({ path: process.argv[1] });
      process.stdout.write((await migrate(database, database.dialect)).join());
      await database.close();`;
    const start = () =>
      promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', code, path]);
    const outputs = await Promise.all([start(), start(), start()]);
    expect(
      outputs
        .flatMap(({ stdout }) => stdout.split(','))
        .filter(Boolean)
        .sort(),
    ).toEqual(everyName);
  }, 30_000);

  test('a migration that fails leaves nothing behind, and those before it stay', async () => {
    const database = await connect();
    const broken: Migration = {
      name: '0098-broken',
      statements: (build) => [
        build.schema.createTable('rg_half').addColumn('id', 'integer'),
        build.schema.createTable('rg_half').addColumn('id', 'integer'),
      ],
    };
    await expect(migrate(database, sqlite, Date.now, [...migrations, broken])).rejects.toThrow('rg_half');
    expect(await tablesOf(database)).toEqual([...metaTables].sort());
    expect(await migrate(database, sqlite)).toEqual([]);
  });

  test('a later migration is applied to what is there', async () => {
    const database = await connect();
    await migrate(database, sqlite);
    const later: Migration = {
      name: '0098-later',
      statements: (build) => [build.schema.createTable('rg_later').addColumn('id', 'integer')],
    };
    expect(await migrate(database, sqlite, () => 5, [...migrations, later])).toEqual(['0098-later']);
    const { rows } = await database.execute({ text: 'select * from rg_migration order by name', params: [] });
    expect(rows.at(-1)).toEqual({ name: '0098-later', applied_at: 5 });
  });

  test('a database of a newer program stops the start and is not touched', async () => {
    const database = await connect();
    await migrate(database, sqlite);
    const file = new Sqlite(path);
    file.exec("insert into rg_migration values ('0099-future', 1)");
    await expect(migrate(database, sqlite)).rejects.toThrow(/newer version of Rowgate.*'0099-future'/);
    file.close();
  });
});

describe('other engines', () => {
  test.each(['postgres', 'mysql'] as const)('the statements can be written for %s', (dialect) => {
    const texts = migrations
      .flatMap((migration) => migration.statements(builderOf(dialect), dialect))
      .map((statement) => toSql(statement).text);
    // the table of migrations itself is made by the migrator
    expect(texts.filter((text) => text.startsWith('create table'))).toHaveLength(metaTables.length - 1);
    expect(texts.join('\n')).not.toContain('autoincrement');
  });
});
