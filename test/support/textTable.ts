import { beforeAll, beforeEach } from 'vitest';
import { startApp } from './app.ts';
import { type Ask, as, columnOf, createBase, createTable, insert, ok, readRecords } from './structure.ts';

/**
 * A fresh table with the fields Name (single line) and Note (long text) before
 * every test of a file, in one base of one app.
 */
export function useTextTable() {
  let tables = 0;
  const state = {} as {
    admin: Ask;
    baseId: string;
    // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
    table: any;
  };
  beforeAll(async () => {
    const app = await startApp();
    state.admin = as(app, (await app.signUp()).jwt);
    state.baseId = (await createBase(state.admin)).id;
  });
  beforeEach(async () => {
    state.table = await createTable(state.admin, state.baseId, `T${++tables}`, [
      { title: 'Name', uidt: 'SingleLineText' },
      { title: 'Note', uidt: 'LongText' },
    ]);
  });
  const columnPath = (title: string) => `/api/v2/meta/columns/${columnOf(state.table, title).id}`;
  return {
    get table() {
      return state.table;
    },
    get baseId() {
      return state.baseId;
    },
    ask: ((...request) => state.admin(...request)) as Ask,
    columnPath,
    add: (item: unknown) => state.admin('POST', `/api/v2/meta/tables/${state.table.id}/columns`, item),
    patch: (title: string, body: unknown) => state.admin('PATCH', columnPath(title), body),
    /** Inserts one record a name. */
    fill: (...names: (string | null)[]) =>
      insert(
        state.admin,
        state.table.id,
        names.map((Name) => ({ Name })),
      ),
    /** The values of a field, in key order. */
    values: async (title = 'Name') =>
      (await readRecords(state.admin, state.table.id)).map((record) => record[title]),
    /** Reads the table again; later calls use it. */
    reload: async () => {
      state.table = await ok(state.admin('GET', `/api/v2/meta/tables/${state.table.id}`));
      return state.table;
    },
  };
}
