import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { type Ask, as, createBase, createTable, insert, ok } from './structure.ts';

/** A base with one table of five films, seen by its owner. */
export interface Films {
  readonly ask: Ask;
  readonly userId: string;
  readonly baseId: string;
  readonly tableId: string;
  readonly viewId: string;
  /** Column ids by title. */
  readonly column: Readonly<Record<string, string>>;
  /** Titles of the films that a view shows, in its order. */
  readonly seen: (viewId: string, query?: string) => Promise<string[]>;
}

let bases = 0;

export async function createFilms(app: TestApp, owner: { jwt: string; userId: string }): Promise<Films> {
  const ask = as(app, owner.jwt);
  bases += 1;
  const base = await createBase(ask, `Cinema ${bases}`);
  const table = await createTable(ask, base.id, 'Films', [
    { title: 'Title', uidt: 'SingleLineText', pv: true },
    { title: 'Year', uidt: 'Number' },
    {
      title: 'Genre',
      uidt: 'SingleSelect',
      colOptions: { options: [{ title: 'drama' }, { title: 'comedy' }] },
    },
    { title: 'Seen', uidt: 'Date' },
    { title: 'Liked', uidt: 'Checkbox' },
  ]);
  await insert(ask, table.id, [
    { Title: 'Alien', Year: 1979, Genre: null, Seen: '2020-01-01', Liked: true },
    { Title: 'Brazil', Year: 1985, Genre: 'comedy', Seen: null, Liked: true },
    { Title: 'Casablanca', Year: 1942, Genre: 'drama', Seen: '2021-05-05', Liked: false },
    { Title: 'Dune', Year: 2021, Genre: 'drama', Seen: '2022-02-02', Liked: null },
    { Title: 'Exotica', Year: 1994, Genre: 'drama', Seen: null, Liked: true },
  ]);
  return {
    ask,
    userId: owner.userId,
    baseId: base.id,
    tableId: table.id,
    viewId: table.views[0].id,
    column: Object.fromEntries(
      table.columns.map((each: { title: string; id: string }) => [each.title, each.id]),
    ),
    async seen(viewId, query = '') {
      const { list } = await ok(ask('GET', `/api/v2/tables/${table.id}/records?viewId=${viewId}${query}`));
      return list.map((row: { Title: string }) => row.Title);
    },
  };
}

/** A new grid of the films' table. */
export const createGrid = (films: Films, title: string, more: Record<string, unknown> = {}) =>
  ok(films.ask('POST', `/api/v2/meta/tables/${films.tableId}/grids`, { title, ...more }));

/** Waits for a job; its row. */
export async function finished(ask: Ask, baseId: string, jobId: string) {
  for (let turn = 0; turn < 200; turn += 1) {
    const job = await ok(ask('GET', `/api/v2/jobs/${baseId}/${jobId}`));
    if (job.status !== 'active') return job;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return expect.fail(`job ${jobId} did not end`);
}
