import { afterEach, beforeEach, expect, test } from 'vitest';
import { aColumn, aTable, openTestStores } from '../../../test/support/stores.ts';
import type { Member } from '../../core/model.ts';
import type { BaseRow, ViewRow } from '../../core/ports.ts';

let db: Awaited<ReturnType<typeof openTestStores>>;
beforeEach(async () => {
  db = await openTestStores();
});
afterEach(() => db.close());

const aBase = (change: Partial<BaseRow> = {}): BaseRow => ({
  id: 'p1',
  title: 'Cinema',
  description: null,
  color: null,
  meta: { icon: '🎬' },
  order: 1,
  prefix: 'nc_1_',
  createdAt: 1,
  updatedAt: 1,
  ...change,
});
const aSource = (id: string) => ({ id, alias: null, type: 'sqlite3', createdAt: 1, updatedAt: 1 });
const aMember = (userId: string, change: Partial<Member> = {}): Member => ({
  userId,
  role: 'editor',
  starred: false,
  order: null,
  hidden: false,
  createdAt: 1,
  ...change,
});
const aView = (change: Partial<ViewRow> = {}): ViewRow & { baseId: string } => ({
  id: 'vw1',
  baseId: 'p1',
  tableId: 'm1',
  title: 'All',
  description: null,
  type: 3,
  isDefault: true,
  showSystemFields: false,
  lockType: 'collaborative',
  order: 1,
  rowHeight: null,
  meta: null,
  createdBy: 'us1',
  ownerId: 'us1',
  createdAt: 1,
  updatedAt: 1,
  ...change,
});

async function fill(): Promise<void> {
  const { bases } = db.stores;
  await bases.insert(aBase(), aSource('b1'));
  await bases.setMember('p1', aMember('us1', { role: 'owner', starred: true, order: 2.5 }));
  await bases.insertTable(aTable());
  await bases.insertTable(aTable({ id: 'm2', name: 'nc_actors', title: 'Actors', order: 0.5 }));
  await bases.insertColumns([
    aColumn({ options: { max: 5 }, meta: { width: 100 } }),
    aColumn({ id: 'c2', name: 'film', tableId: 'm2', references: { tableId: 'm1', columnId: 'c1' } }),
  ]);
  await bases.insertView(aView());
}

const countOf = async (table: string): Promise<unknown> =>
  (await db.execute({ text: `select count(*) as n from ${table}`, params: [] })).rows[0]?.n;

test('a base is loaded whole', async () => {
  await fill();
  const { baseId: _, ...view } = aView();
  const owner = aMember('us1', { role: 'owner', starred: true, order: 2.5 });
  expect(await db.stores.bases.load('p1')).toEqual({
    base: { ...aBase(), sources: [aSource('b1')], members: new Map([['us1', owner]]) },
    tables: [aTable({ id: 'm2', name: 'nc_actors', title: 'Actors', order: 0.5 }), aTable()],
    columns: [
      aColumn({ options: { max: 5 }, meta: { width: 100 } }),
      aColumn({ id: 'c2', name: 'film', tableId: 'm2', references: { tableId: 'm1', columnId: 'c1' } }),
    ],
    views: [view],
    viewColumns: [],
    filters: [],
    sorts: [],
  });
  expect(await db.stores.bases.load('p2')).toBeUndefined();
});

test('loading takes the same number of statements however large the base is', async () => {
  await fill();
  const { bases } = db.stores;
  const loadCost = async (): Promise<number> => {
    db.statements.length = 0;
    await bases.load('p1');
    return db.statements.length;
  };
  const small = await loadCost();
  for (let table = 10; table < 30; table += 1) {
    await bases.insertTable(aTable({ id: `m${table}`, name: `t${table}` }));
    const columns = Array.from({ length: 20 }, (_, n) =>
      aColumn({ id: `c${table}-${n}`, tableId: `m${table}`, name: `c${n}` }),
    );
    await bases.insertColumns(columns);
    await bases.setMember('p1', aMember(`us${table}`));
  }
  expect(await loadCost()).toBe(small);
  db.statements.length = 0;
  await bases.list();
  expect(db.statements).toHaveLength(3);
});

test('many columns at once', async () => {
  await fill();
  const columns = Array.from({ length: 500 }, (_, n) => aColumn({ id: `x${n}`, name: `x${n}` }));
  await db.stores.bases.insertColumns(columns);
  await db.stores.bases.insertColumns([]);
  expect((await db.stores.bases.load('p1'))?.columns).toHaveLength(502);
});

test('bases are listed in order, for a member only the own ones', async () => {
  const { bases } = db.stores;
  for (const [id, order] of [
    ['p1', 3],
    ['p2', 1],
    ['p3', 2],
  ] as const) {
    await bases.insert(aBase({ id, order, prefix: id }), aSource(`b-${id}`));
  }
  await bases.setMember('p1', aMember('us1'));
  await bases.setMember('p1', aMember('us2'));
  await bases.setMember('p3', aMember('us1'));
  const ids = async (member?: string) => (await bases.list(member)).map(({ id }) => id);
  expect(await ids()).toEqual(['p2', 'p3', 'p1']);
  expect(await ids('us1')).toEqual(['p3', 'p1']);
  expect(await ids('us3')).toEqual([]);
  const own = (await bases.list('us2'))[0];
  expect([...(own?.members.keys() ?? [])]).toEqual(['us1', 'us2']);
  expect(own?.sources).toEqual([aSource('b-p1')]);
});

test('a member is set, changed and removed', async () => {
  await fill();
  const { bases } = db.stores;
  await bases.setMember('p1', aMember('us1', { role: 'viewer', hidden: true }));
  expect((await bases.find('p1'))?.members.get('us1')).toEqual(
    aMember('us1', { role: 'viewer', hidden: true }),
  );
  await bases.removeMember('p1', 'us1');
  expect((await bases.find('p1'))?.members.size).toBe(0);
});

test('everything knows its base', async () => {
  await fill();
  const { bases } = db.stores;
  expect(await bases.baseOfTable('m1')).toBe('p1');
  expect(await bases.baseOfColumn('c2')).toBe('p1');
  expect(await bases.baseOfView('vw1')).toBe('p1');
  expect(await bases.baseOfTable('c2')).toBeUndefined();
});

test('updates change what they name', async () => {
  await fill();
  const { bases } = db.stores;
  await bases.update('p1', { title: 'Kino', meta: null, order: 7 });
  await bases.updateTable('m1', { title: 'Movies', meta: { a: 1 } });
  await bases.updateColumn('c1', { title: 'Name', required: true, options: { max: 9 } });
  await bases.updateColumn('c2', { references: null });
  await bases.updateView('vw1', { title: 'Every', isDefault: false });
  const loaded = await bases.load('p1');
  expect(loaded?.base).toMatchObject({ title: 'Kino', meta: null, order: 7, prefix: 'nc_1_' });
  expect(loaded?.tables.find(({ id }) => id === 'm1')).toMatchObject({
    title: 'Movies',
    meta: { a: 1 },
    name: 'nc_films',
  });
  expect(loaded?.columns.find(({ id }) => id === 'c1')).toMatchObject({
    title: 'Name',
    required: true,
    options: { max: 9 },
  });
  expect(loaded?.columns.find(({ id }) => id === 'c2')?.references).toBeNull();
  expect(loaded?.views[0]).toMatchObject({ title: 'Every', isDefault: false });
  await bases.update('p1', {});
  await bases.updateTable('m1', {});
  await bases.updateColumn('c1', {});
  await bases.updateView('vw1', {});
});

test('what is deleted takes what belongs to it along', async () => {
  await fill();
  const { bases } = db.stores;
  const addNumbers = (id: string) =>
    db.execute({ text: `insert into rg_sequence values (${db.dialect.placeholder(1)}, 1)`, params: [id] });
  await addNumbers('c1');
  await addNumbers('c2');
  await bases.deleteTable('m1');
  expect(await bases.load('p1')).toMatchObject({
    tables: [{ id: 'm2' }],
    columns: [{ id: 'c2', references: null }],
    views: [],
    viewColumns: [],
    filters: [],
    sorts: [],
  });
  expect(await countOf('rg_sequence')).toBe(1);
  await bases.deleteColumn('c2');
  expect(await countOf('rg_sequence')).toBe(0);
  await bases.insertView(aView({ id: 'vw2', tableId: 'm2' }));
  await bases.deleteView('vw2');
  expect(await countOf('rg_view')).toBe(0);
});

test('deleting a base leaves nothing of it and all of the others', async () => {
  await fill();
  const { bases, jobs } = db.stores;
  await bases.insert(aBase({ id: 'p2', prefix: 'nc_2_' }), aSource('b2'));
  await bases.insertTable(aTable({ id: 'm9', baseId: 'p2', sourceId: 'b2' }));
  await jobs.insert({
    id: 'j1',
    baseId: 'p1',
    kind: 'import',
    status: 'active',
    userId: 'us1',
    progress: null,
    result: null,
    createdAt: 1,
    updatedAt: 1,
  });
  await bases.delete('p1');
  expect(await bases.find('p1')).toBeUndefined();
  expect(await bases.load('p2')).toMatchObject({ tables: [{ id: 'm9' }] });
  for (const [table, left] of [
    ['rg_source', 1],
    ['rg_member', 0],
    ['rg_column', 0],
    ['rg_view', 0],
    ['rg_job', 0],
  ] as const) {
    expect([table, await countOf(table)]).toEqual([table, left]);
  }
});
