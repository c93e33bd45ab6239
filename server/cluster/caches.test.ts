import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestFile, type TestProcess } from '../../test/support/clusterProcess.ts';
import { aColumn, aTable, aUser } from '../../test/support/stores.ts';
import { createDirectory } from '../core/directory.ts';

let file: Awaited<ReturnType<typeof openTestFile>>;
beforeEach(async () => {
  file = await openTestFile();
});
afterEach(() => file.close());

test('no cache of any process ever answers with what was changed before the question', async () => {
  const processes = [await file.startProcess(), await file.startProcess(), await file.startProcess()].map(
    (process) => ({
      ...process,
      directory: createDirectory(process.stores.users, process.invalidations),
    }),
  );
  const [first] = processes;
  const names = new Map<string, number>();
  for (const id of ['us1', 'us2']) {
    await first?.run(async (tx) =>
      tx.users.insert(aUser({ id, email: `${id}@example.com`, displayName: '0' })),
    );
    names.set(id, 0);
  }
  const step = fc.record({
    process: fc.nat(2),
    id: fc.constantFrom('us1', 'us2'),
    act: fc.constantFrom('read', 'read', 'read', 'write', 'fail'),
    wait: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const running: Promise<void>[] = [];
      for (const { process: index, id, act, wait } of steps) {
        const process = processes[index];
        if (process === undefined) continue;
        const doing = (async () => {
          if (act === 'read') {
            const committed = names.get(id) ?? 0; // writes that were answered before this read began
            await process.invalidations.catchUp();
            const user = await process.directory.find(id);
            expect(Number(user?.displayName)).toBeGreaterThanOrEqual(committed);
            return;
          }
          const written = process.run(async (tx) => {
            const user = await tx.users.find(id);
            const next = Number(user?.displayName) + 1;
            await tx.users.update(id, { displayName: String(next) });
            tx.invalidate('user', id);
            if (act === 'fail') throw new Error('given up');
            return next;
          });
          const value = await written.catch(() => undefined);
          if (value !== undefined) names.set(id, Math.max(names.get(id) ?? 0, value));
        })();
        running.push(doing);
        if (wait) await doing;
      }
      await Promise.all(running);
    }),
    { numRuns: 40 },
  );
}, 60_000);

describe('a base that another process changes while it is loaded', () => {
  const base = {
    id: 'p1',
    title: 'Cinema',
    description: null,
    color: null,
    meta: null,
    order: 1,
    prefix: 'x',
    createdAt: 1,
    updatedAt: 1,
  };
  const source = { id: 'b1', alias: null, type: 'sqlite3', createdAt: 1, updatedAt: 1 };

  /** A process that lets `commit` happen between its reading of tables and of columns. */
  async function startReader(commit: () => Promise<void>): Promise<TestProcess> {
    return file.startProcess((database) => ({
      execute: async (sql) => {
        if (sql.text.includes('from "rg_column"')) await commit();
        return database.execute(sql);
      },
    }));
  }
  const addTable = (writer: TestProcess, n: number) =>
    writer.run(async (tx) => {
      await tx.bases.insertTable(aTable({ id: `m${n}`, name: `t${n}` }));
      await tx.bases.insertColumns([aColumn({ id: `c${n}`, tableId: `m${n}` })]);
      tx.invalidate('base', 'p1');
    });

  test('is read whole all the same', async () => {
    const writer = await file.startProcess();
    await writer.run(async (tx) => tx.bases.insert(base, source));
    let left = 3;
    const reader = await startReader(async () => {
      left -= 1;
      if (left >= 0) await addTable(writer, left);
    });
    const loaded = await reader.stores.bases.load('p1');
    expect(loaded?.tables.map(({ id }) => id).sort()).toEqual(['m0', 'm1', 'm2']);
    expect(loaded?.columns.map(({ tableId }) => tableId).sort()).toEqual(['m0', 'm1', 'm2']);
  });

  test('is not read torn when that never ends', async () => {
    const writer = await file.startProcess();
    await writer.run(async (tx) => tx.bases.insert(base, source));
    let n = 0;
    const reader = await startReader(() => addTable(writer, n++));
    await expect(reader.stores.bases.load('p1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
