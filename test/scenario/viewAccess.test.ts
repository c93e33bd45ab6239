import { beforeAll, describe, expect, it } from 'vitest';
import { type BaseRole, baseRoles } from '../../vocabulary/roles.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { type Ask, as, ok, wires } from '../support/structure.ts';
import { createFilms, createGrid, type Films } from '../support/views.ts';

type Role = BaseRole | 'stranger';
const roles: readonly Role[] = [...baseRoles, 'stranger'];
let app: TestApp;
let films: Films;
const people = {} as Record<Role, { ask: Ask; userId: string }>;
let second: Ask;

beforeAll(async () => {
  app = await startApp();
  const admin = await app.signUp();
  films = await createFilms(app, admin);
  const invite = (email: string, role: string) =>
    ok(films.ask('POST', `/api/v2/meta/bases/${films.baseId}/users`, { email, roles: role }));
  for (const role of roles) {
    const person = await app.signUp(`${role}@example.org`);
    people[role] = { ask: as(app, person.jwt), userId: person.userId };
    if (role !== 'stranger') await invite(person.email, role);
  }
  const other = await app.signUp('second@example.org');
  second = as(app, other.jwt);
  await invite(other.email, 'editor');
});

let views = 0;
/** A grid with a filter and a sort. */
async function createSet(ask: Ask, more: object = {}) {
  views += 1;
  const view = await ok(
    ask('POST', `/api/v2/meta/tables/${films.tableId}/grids`, { title: `Set ${views}`, ...more }),
  );
  const meta = `/api/v2/meta/views/${view.id}`;
  const filter = await ok(
    ask('POST', `${meta}/filters`, { fk_column_id: films.column.Genre, comparison_op: 'eq', value: 'drama' }),
  );
  const sort = await ok(ask('POST', `${meta}/sorts`, { fk_column_id: films.column.Year }));
  return { view: view.id as string, filter: filter.id as string, sort: sort.id as string };
}
type Ids = Awaited<ReturnType<typeof createSet>>;
type Case = [
  what: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: (ids: Ids) => string,
  body?: object,
];

const reads = (meta: string): Case[] => [
  ['list views', 'GET', () => `${meta}/tables/${films.tableId}/views`],
  ['list fields', 'GET', ({ view }) => `${meta}/views/${view}/columns`],
  ['list grid fields', 'GET', ({ view }) => `${meta}/grids/${view}/grid-columns`],
  ['list filters', 'GET', ({ view }) => `${meta}/views/${view}/filters`],
  ['read a filter', 'GET', ({ filter }) => `${meta}/filters/${filter}`],
  ['list children', 'GET', ({ filter }) => `${meta}/filters/${filter}/children`],
  ['list sorts', 'GET', ({ view }) => `${meta}/views/${view}/sorts`],
  ['read a sort', 'GET', ({ sort }) => `${meta}/sorts/${sort}`],
  ['list records', 'GET', ({ view }) => `/api/v2/tables/${films.tableId}/records?viewId=${view}`],
];
/** Each leaves the rest of the set as it is; deletions come last. */
const changes = (meta: string): Case[] => [
  ['rename', 'PATCH', ({ view }) => `${meta}/views/${view}`, { title: `Renamed ${++views}` }],
  ['show system fields', 'PATCH', ({ view }) => `${meta}/views/${view}`, { show_system_fields: true }],
  ['restyle', 'PATCH', ({ view }) => `${meta}/views/${view}`, { meta: { color: '#000' } }],
  ['change the height', 'PATCH', ({ view }) => `${meta}/grids/${view}`, { row_height: 2 }],
  [
    'place a field',
    'POST',
    ({ view }) => `${meta}/views/${view}/columns`,
    { fk_column_id: films.column.Year, order: 1 },
  ],
  [
    'change a field',
    'PATCH',
    ({ view }) => `${meta}/views/${view}/columns/${films.column.Year}`,
    { show: false },
  ],
  [
    'widen a field',
    'PATCH',
    ({ view }) => `${meta}/grid-columns/nc${view}_${films.column.Year}`,
    { width: '9px' },
  ],
  ['show all', 'POST', ({ view }) => `${meta}/views/${view}/show-all`],
  ['hide all', 'POST', ({ view }) => `${meta}/views/${view}/hide-all`],
  ['add a filter', 'POST', ({ view }) => `${meta}/views/${view}/filters`, {}],
  ['change a filter', 'PATCH', ({ filter }) => `${meta}/filters/${filter}`, { enabled: false }],
  ['delete a filter', 'DELETE', ({ filter }) => `${meta}/filters/${filter}`],
  ['add a sort', 'POST', ({ view }) => `${meta}/views/${view}/sorts`, { fk_column_id: films.column.Year }],
  ['change a sort', 'PATCH', ({ sort }) => `${meta}/sorts/${sort}`, { direction: 'desc' }],
  ['delete a sort', 'DELETE', ({ sort }) => `${meta}/sorts/${sort}`],
  ['delete the view', 'DELETE', ({ view }) => `${meta}/views/${view}`],
];

const strong = (role: Role, weakest: BaseRole): boolean =>
  role !== 'stranger' && role !== 'no-access' && baseRoles.indexOf(role) <= baseRoles.indexOf(weakest);

describe.each(wires)('who may do what, $wire', ({ meta }) => {
  it('everybody who may read the base reads its views', async () => {
    const ids = await createSet(films.ask);
    for (const [what, method, path] of reads(meta)) {
      for (const role of roles) {
        const { status } = await people[role].ask(method, path(ids));
        expect([what, role, status]).toEqual([what, role, strong(role, 'viewer') ? 200 : 403]);
      }
    }
  });

  it('views of everybody take a creator', async () => {
    for (const role of roles) {
      const ids = await createSet(films.ask);
      for (const [what, method, path, body] of changes(meta)) {
        const { status, body: answer } = await people[role].ask(method, path(ids), body);
        expect([what, role, status]).toEqual([what, role, strong(role, 'creator') ? 200 : 403]);
        if (role === 'editor')
          expect(answer.message).toMatch(/^Forbidden - You do not have permission to perform/);
      }
    }
  });

  it('creating them takes a creator, personal ones an editor', async () => {
    for (const role of roles) {
      for (const lock_type of ['collaborative', 'locked', 'personal'] as const) {
        views += 1;
        const body = { title: `Made ${views}`, lock_type };
        const { status } = await people[role].ask('POST', `${meta}/tables/${films.tableId}/grids`, body);
        const weakest = lock_type === 'personal' ? 'editor' : 'creator';
        expect([role, lock_type, status]).toEqual([role, lock_type, strong(role, weakest) ? 200 : 403]);
      }
    }
  });

  it('editors do with their personal views what they like', async () => {
    const { ask, userId } = people.editor;
    const ids = await createSet(ask, { lock_type: 'personal' });
    for (const [what, method, path, body] of changes(meta).slice(0, -1)) {
      for (const person of [second, people.viewer.ask, people.creator.ask, people.owner.ask]) {
        expect([what, (await person(method, path(ids), body)).status]).toEqual([what, 403]);
      }
      expect([what, (await ask(method, path(ids), body)).status]).toEqual([what, 200]);
    }
    const path = `${meta}/views/${ids.view}`;
    for (const lock_type of ['collaborative', 'locked']) {
      expect((await ask('PATCH', path, { lock_type })).status).toBe(403);
    }
    expect((await second('DELETE', path)).status).toBe(403);
    expect((await second('PATCH', path, { lock_type: 'collaborative' })).status).toBe(403);
    const { list } = await ok(second('GET', `${meta}/tables/${films.tableId}/views`));
    const seen = list.find((each: { id: string }) => each.id === ids.view);
    expect(seen).toMatchObject({ lock_type: 'personal', owned_by: userId });
    await ok(ask('DELETE', path));
  });

  it('a creator takes a personal view over, or away', async () => {
    const ids = await createSet(people.editor.ask, { lock_type: 'personal' });
    const path = `${meta}/views/${ids.view}`;
    const { creator, editor } = people;
    expect((await creator.ask('PATCH', path, { title: 'Taken' })).status).toBe(403);
    await ok(creator.ask('PATCH', path, { lock_type: 'collaborative' }));
    expect((await editor.ask('PATCH', path, { title: 'Mine' })).status).toBe(403);
    await ok(creator.ask('PATCH', path, { lock_type: 'personal' }));
    expect((await editor.ask('PATCH', path, { title: 'Mine' })).status).toBe(403);
    const other = await createSet(people.editor.ask, { lock_type: 'personal' });
    await ok(creator.ask('DELETE', `${meta}/views/${other.view}`));
  });

  it('a locked view stands still until a creator unlocks it', async () => {
    const ids = await createSet(films.ask);
    const path = `${meta}/views/${ids.view}`;
    expect(await ok(films.ask('PATCH', path, { lock_type: 'locked' }))).toMatchObject({
      lock_type: 'locked',
    });
    const before = await Promise.all(reads(meta).map(([, method, at]) => films.ask(method, at(ids))));
    for (const [what, method, at, body] of changes(meta)) {
      for (const person of [films.ask, people.creator.ask, people.editor.ask]) {
        const answer = await person(method, at(ids), body);
        expect([what, answer.status]).toEqual([what, 403]);
        if (person !== people.editor.ask) expect(answer.body.message).toMatch(/is locked/);
      }
    }
    const after = await Promise.all(reads(meta).map(([, method, at]) => films.ask(method, at(ids))));
    expect(after.map((each) => each.body)).toEqual(before.map((each) => each.body));
    await ok(films.ask('PATCH', path, { order: 3 }));
    expect((await people.editor.ask('PATCH', path, { lock_type: 'collaborative' })).status).toBe(403);
    views += 1;
    const freed = { lock_type: 'collaborative', title: `Freed ${views}` };
    expect(await ok(people.creator.ask('PATCH', path, freed))).toMatchObject(freed);
    await ok(films.ask('DELETE', `${meta}/filters/${ids.filter}`));
  });
});

describe('credentials', () => {
  it('an API token does what its owner may', async () => {
    const { token } = (await films.ask('POST', '/api/v1/tokens', { description: 'views' })).body;
    const send = (method: 'POST' | 'DELETE', path: string, body?: object) =>
      app.inject({ method, path, token, ...(body === undefined ? {} : { body }) });
    const made = await send('POST', `/api/v2/meta/tables/${films.tableId}/grids`, { title: 'By token' });
    expect(made.status).toBe(200);
    expect((await send('POST', `/api/v2/meta/views/${made.body.id}/filters`, {})).status).toBe(200);
    expect((await send('DELETE', `/api/v2/meta/views/${made.body.id}`)).status).toBe(200);
  });

  it('without one, and for ids of others, nothing is said', async () => {
    const ids = await createSet(films.ask);
    for (const [what, method, path, body] of [...reads('/api/v2/meta'), ...changes('/api/v2/meta')]) {
      const sent = { method, path: path(ids), ...(body === undefined ? {} : { body }) };
      expect([what, (await app.inject(sent)).status]).toEqual([what, 401]);
    }
    const grid = await createGrid(films, 'Last of all');
    expect(await films.seen(grid.id)).toHaveLength(5);
  });
});
