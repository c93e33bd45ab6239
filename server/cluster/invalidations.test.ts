import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestFile, type TestProcess } from '../../test/support/clusterProcess.ts';
import type { InvalidationKind } from '../core/ports.ts';

let file: Awaited<ReturnType<typeof openTestFile>>;
beforeEach(async () => {
  file = await openTestFile();
});
afterEach(() => file.close());

const invalidate = (process: TestProcess, kind: InvalidationKind, key: string) =>
  process.run(async (tx) => tx.invalidate(kind, key));

const logRows = async (process: TestProcess) =>
  (
    await process.database.execute({
      text: 'select v, kind, key from rg_invalidation order by v, key',
      params: [],
    })
  ).rows;

describe('one process', () => {
  test('hears after the commit and before the call answers', async () => {
    const one = await file.startProcess();
    await one.stores.settings.set('a', '1');
    const seen: Promise<string | undefined>[] = [];
    one.invalidations.subscribe(() => void seen.push(one.stores.settings.get('a')));
    await one.run(async (tx) => {
      await tx.settings.set('a', '2');
      tx.invalidate('settings', '');
      expect(one.heard).toEqual([]);
    });
    expect(one.heard).toEqual(['settings ']);
    expect(await Promise.all(seen)).toEqual(['2']);
  });

  test('the same thing twice is one entry; nothing to tell writes nothing', async () => {
    const one = await file.startProcess();
    await one.run(async (tx) => {
      tx.invalidate('base', 'p1');
      tx.invalidate('base', 'p1');
      tx.invalidate('user', 'us1');
    });
    await one.run(async (tx) => tx.settings.set('a', '1'));
    expect(await logRows(one)).toEqual([
      { v: 1, kind: 'base', key: 'p1' },
      { v: 1, kind: 'user', key: 'us1' },
    ]);
    const { rows } = await one.database.execute({ text: 'select v from rg_epoch', params: [] });
    expect(rows).toEqual([{ v: 1 }]);
  });

  test('work that fails changes nothing and tells nothing', async () => {
    const one = await file.startProcess();
    const failing = one.run(async (tx) => {
      await tx.settings.set('a', '1');
      tx.invalidate('settings', '');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(one.heard).toEqual([]);
    expect(await logRows(one)).toEqual([]);
    expect(await one.stores.settings.get('a')).toBeUndefined();
  });

  test('a listener that fails does not keep the others from forgetting', async () => {
    const one = await file.startProcess();
    one.invalidations.subscribe(() => {
      throw new Error('broken cache');
    });
    const late: string[] = [];
    one.invalidations.subscribe((kind) => void late.push(kind));
    await expect(invalidate(one, 'base', 'p1')).rejects.toThrow('could not forget');
    expect(late).toContain('base');
  });

  test('telling after the end is an error of the program', async () => {
    const one = await file.startProcess();
    let escaped: (() => void) | undefined;
    await one.run(async (tx) => {
      escaped = () => tx.invalidate('base', 'p1');
    });
    expect(escaped).toThrow('after its transaction');
  });

  test('does not read back what it told itself', async () => {
    const one = await file.startProcess();
    await one.invalidations.catchUp();
    one.take();
    one.statements.length = 0;
    for (let n = 0; n < 5; n += 1) await invalidate(one, 'base', `p${n}`);
    expect(await one.invalidations.catchUp()).toBeUndefined();
    expect(one.take()).toEqual(['base p0', 'base p1', 'base p2', 'base p3', 'base p4']);
  });
});

describe('two processes', () => {
  test('the other one hears at its next look, in order, once', async () => {
    const [one, two] = [await file.startProcess(), await file.startProcess()];
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['all ']); // whatever it may have loaded before its first look
    await invalidate(one, 'token', 'hash');
    await one.run(async (tx) => {
      tx.invalidate('user', 'us1');
      tx.invalidate('session', 'ses1');
    });
    expect(two.take()).toEqual([]);
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['token hash', 'session ses1', 'user us1']);
    await two.invalidations.catchUp();
    expect(two.take()).toEqual([]);
  });

  test('a look when nothing has changed is one cheap call without a promise', async () => {
    const [one, two] = [await file.startProcess(), await file.startProcess()];
    await two.invalidations.catchUp();
    two.statements.length = 0;
    for (let n = 0; n < 100; n += 1) expect(two.invalidations.catchUp()).toBeUndefined();
    expect(two.statements).toEqual([]);
    await one.stores.settings.set('a', '1'); // a commit that makes nothing stale
    await two.invalidations.catchUp();
    await two.invalidations.catchUp();
    expect(two.statements).toHaveLength(1);
    expect(two.take()).toEqual(['all ']);
  });

  test('own commits between two of the other one hide none of them', async () => {
    const [one, two] = [await file.startProcess(), await file.startProcess()];
    await two.invalidations.catchUp();
    await invalidate(two, 'base', 'own1');
    await invalidate(one, 'base', 'other1');
    await invalidate(two, 'base', 'own2');
    await invalidate(one, 'base', 'other2');
    two.take();
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(expect.arrayContaining(['base other1', 'base other2']));
  });

  test('a commit between the version and the log is not lost', async () => {
    const one = await file.startProcess();
    let during: (() => Promise<unknown>) | undefined;
    const two = await file.startProcess((database) => ({
      dataVersion: database.dataVersion,
      // answers late, as another engine would, and lets commits in before and after it reads
      execute: async (sql: Parameters<typeof database.execute>[0]) => {
        const before = await database.execute(sql);
        await during?.();
        return before;
      },
    }));
    await two.invalidations.catchUp();
    two.take();
    await invalidate(one, 'base', 'p1');
    during = () => invalidate(one, 'base', 'p2');
    const look = two.invalidations.catchUp();
    expect(look).toBeInstanceOf(Promise);
    await look;
    expect(two.take()).toEqual(['base p1']);
    during = undefined;
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['base p2']);
  });

  test('one look serves all who came at the same version, and none who came later', async () => {
    const one = await file.startProcess();
    let reads = 0;
    const two = await file.startProcess((database) => ({
      execute: async (sql: Parameters<typeof database.execute>[0]) => {
        reads += 1;
        const answer = await database.execute(sql);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return answer;
      },
    }));
    await two.invalidations.catchUp();
    await invalidate(one, 'base', 'p1');
    reads = 0;
    two.take();
    const looks = [two.invalidations.catchUp(), two.invalidations.catchUp()];
    await invalidate(one, 'base', 'p2');
    await two.invalidations.catchUp();
    expect(two.take()).toContain('base p2');
    await Promise.all(looks);
    expect(reads).toBe(2);
  });

  test('a look that fails is made again', async () => {
    const one = await file.startProcess();
    let fail = false;
    const two = await file.startProcess((database) => ({
      execute: (sql: Parameters<typeof database.execute>[0]) => {
        if (fail) throw new Error('disk');
        return database.execute(sql);
      },
    }));
    await two.invalidations.catchUp();
    two.take();
    await invalidate(one, 'base', 'p1');
    fail = true;
    expect(() => two.invalidations.catchUp()).toThrow('disk');
    fail = false;
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['base p1']);
  });

  test('whoever slept through a trimmed log forgets everything', async () => {
    const [one, two] = [await file.startProcess(), await file.startProcess()];
    await two.invalidations.catchUp();
    two.take();
    for (let n = 0; n < 3; n += 1) await invalidate(one, 'base', `p${n}`);
    await one.database.execute({ text: 'delete from rg_invalidation where v <= 2', params: [] });
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['all ']);
    await invalidate(one, 'base', 'p9');
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['base p9']);
  });

  test('an older database put in place makes everything forgotten', async () => {
    const [one, two] = [await file.startProcess(), await file.startProcess()];
    for (let n = 0; n < 3; n += 1) await invalidate(one, 'base', `p${n}`);
    await two.invalidations.catchUp();
    two.take();
    await one.database.execute({ text: 'update rg_epoch set v = 1', params: [] });
    await one.database.execute({ text: 'delete from rg_invalidation where v > 1', params: [] });
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['all ']);
    await invalidate(one, 'base', 'p9');
    await two.invalidations.catchUp();
    expect(two.take()).toEqual(['base p9']);
  });

  test('the log keeps the last ten thousand epochs', async () => {
    const one = await file.startProcess();
    await one.database.execute({ text: 'update rg_epoch set v = 20098', params: [] });
    await one.database.execute({
      text: `with recursive n(v) as (select 1 union all select v + 1 from n where v < 20098)
             insert into rg_invalidation select v, 'base', 'p1', 1 from n`,
      params: [],
    });
    await invalidate(one, 'base', 'p2'); // 20099: not yet
    await invalidate(one, 'base', 'p3'); // 20100
    const { rows } = await one.database.execute({
      text: 'select min(v) as first, max(v) as last, count(*) as n from rg_invalidation',
      params: [],
    });
    expect(rows).toEqual([{ first: 10_101, last: 20_100, n: 10_000 }]);
  });
});
