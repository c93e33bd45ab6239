import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../test/support/folder.ts';
import { aUser } from '../../test/support/stores.ts';
import { createDirectory } from '../core/directory.ts';
import type { Execute } from '../db/engine.ts';
import { createStores } from '../db/meta/index.ts';
import { createInstanceStore } from '../db/meta/instances.ts';
import { migrate } from '../db/migrations/migrate.ts';
import { type Database, openSqlite } from '../db/sources.ts';
import type { Bus, BusMessage } from './bus.ts';
import { createTransactions } from './invalidations.ts';
import { createLease, type LeaseTimes } from './lease.ts';

/** Short ones, so that a lease that has to end ends soon. */
const times: LeaseTimes = { lease: 600, margin: 60, beat: 100, patience: 1500 };

/** Messages between the instances of a test; can be cut. */
function createWire() {
  const listeners = new Set<(message: BusMessage) => void>();
  let cut = false;
  return {
    cut(now: boolean): void {
      cut = now;
    },
    connect(): Bus {
      let own: ((message: BusMessage) => void) | undefined;
      return {
        publish(message) {
          if (!cut)
            for (const listener of listeners) if (listener !== own) queueMicrotask(() => listener(message));
        },
        subscribe(listener) {
          own = listener;
          listeners.add(listener);
        },
        async close() {
          if (own !== undefined) listeners.delete(own);
        },
      };
    },
  };
}

let folder: ReturnType<typeof makeFolder>;
let wire: ReturnType<typeof createWire>;
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  folder = makeFolder();
  wire = createWire();
  closing = [];
  const database = await open();
  await migrate(database, database.dialect);
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  folder.remove();
});

async function open(): Promise<Database> {
  const database = await openSqlite({ path: join(folder.path, 'meta.db') });
  closing.push(() => database.close());
  return database;
}

/** An instance that must be told, as on a database server. `obstruct` may hold or break what it asks. */
async function startInstance(id: string, beat = times.beat) {
  const database: Database = { ...(await open()), dataVersion: undefined };
  const control = await open();
  let obstacle: (() => Promise<void>) | undefined;
  const execute: Execute = async (sql) => {
    await obstacle?.();
    return control.execute(sql);
  };
  const errors: unknown[] = [];
  const bus = wire.connect();
  const { run, invalidations, lease } = createTransactions({
    database,
    createStores: (ofTransaction) => createStores(ofTransaction, database.dialect),
    readLog: execute,
    createLease: (look) =>
      createLease({
        id,
        store: createInstanceStore(execute, database.dialect),
        bus,
        times: { ...times, beat },
        look,
        failed: (error) => void errors.push(error),
        buried: () => undefined,
      }),
  });
  if (lease === undefined) throw new Error('no lease');
  const directory = createDirectory(createStores(database.execute, database.dialect).users, invalidations);
  await lease.start();
  const close = async (): Promise<void> => {
    obstacle = undefined;
    await lease.close();
    await bus.close();
  };
  closing.push(close);
  return {
    run,
    lease,
    errors,
    close,
    obstruct: (work: (() => Promise<void>) | undefined) => {
      obstacle = work;
    },
    /** What a request sees. */
    async nameOf(user: string): Promise<string | null | undefined> {
      await invalidations.catchUp();
      return (await directory.find(user))?.displayName;
    },
    rename: (user: string, displayName: string) =>
      run(async (tx) => {
        await tx.users.update(user, { displayName });
        tx.invalidate('user', user);
      }),
  };
}

async function startTwo(beatOfSecond = times.beat) {
  const one = await startInstance('one');
  const two = await startInstance('two', beatOfSecond);
  await one.run(async (tx) =>
    tx.users.insert(aUser({ id: 'us1', email: 'a@example.org', displayName: '0' })),
  );
  expect(await two.nameOf('us1')).toBe('0');
  return { one, two };
}

describe('a change', () => {
  test('is known to the other instance when the call returns', async () => {
    const { one, two } = await startTwo();
    for (let n = 1; n <= 20; n += 1) {
      await one.rename('us1', String(n));
      expect(await two.nameOf('us1')).toBe(String(n));
    }
  });

  test('is known when the call returns although no message arrives', async () => {
    const { one, two } = await startTwo();
    wire.cut(true);
    for (let n = 1; n <= 5; n += 1) {
      await one.rename('us1', String(n));
      expect(await two.nameOf('us1')).toBe(String(n));
    }
  });

  test('waits for the lease of an instance that no longer answers, which then asks before it trusts', async () => {
    const { one, two } = await startTwo();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    two.obstruct(() => held); // as a stopped process: nothing it asks is answered
    const before = two.nameOf('us1'); // its lease still holds
    expect(await before).toBe('0');
    await one.rename('us1', '1');
    const after = two.nameOf('us1'); // must not be answered from the cache
    two.obstruct(undefined);
    release();
    expect(await after).toBe('1');
  });

  test('is refused by an instance whose database is away, and known when it is back', async () => {
    const { one, two } = await startTwo();
    two.obstruct(() => Promise.reject(new Error('away')));
    await one.rename('us1', '1');
    await expect(two.nameOf('us1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    two.obstruct(undefined);
    expect(await two.nameOf('us1')).toBe('1');
  });

  test('does not wait for an instance that has left', async () => {
    const { one, two } = await startTwo();
    await two.close();
    const store = createInstanceStore((await open()).execute, { name: 'sqlite' });
    expect(await store.others('one')).toEqual([]);
    expect(await store.untilHeard('one', 1_000_000)).toBe(0);
    await one.rename('us1', '1');
  });
});

test('an instance that was forgotten joins again', async () => {
  const { one, two } = await startTwo();
  const store = createInstanceStore((await open()).execute, { name: 'sqlite' });
  await store.leave('two');
  await expect.poll(() => store.isAlive('two')).toBe(true);
  await one.rename('us1', '1');
  expect(await two.nameOf('us1')).toBe('1');
});

test('an instance that died is waited for once at most, then forgotten', async () => {
  const one = await startInstance('one');
  const store = createInstanceStore((await open()).execute, { name: 'sqlite' });
  await store.join('dead', 200);
  expect(await store.untilHeard('one', 1)).toBeGreaterThan(0);
  await one.run(async (tx) => tx.invalidate('settings', ''));
  expect(await store.isAlive('dead')).toBe(false);
  expect(await store.untilHeard('one', 1_000_000)).toBe(0);
  expect(await store.removeDead(0)).toBe(1);
});
