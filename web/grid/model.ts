import { request } from '../api/client.ts';
import type { Column, Page, Row } from '../api/shapes.ts';
import { type Blocks, createBlocks } from './blocks.ts';
import { createEdits, type Edits } from './edits.ts';
import type { Person } from './field.ts';
import { createHistory, type History } from './history.ts';
import { createWrites, type Writes } from './writes.ts';

/** Which rows of a table are shown. */
export interface RowQuery {
  readonly viewId: string | undefined;
  readonly where: string | undefined;
}

/** Rows of one table on this screen, and what happens to them. */
export interface GridModel {
  readonly tableId: string;
  readonly blocks: Blocks;
  readonly edits: Edits;
  readonly writes: Writes;
  readonly history: History;
  /** Other rows are wanted, or the same anew. */
  readonly ask: (query: RowQuery) => void;
  /** Tells of changed rows from `first` to before `end`; answers how to stop. */
  readonly onRows: (listen: (first: number, end: number) => void) => () => void;
  /** Why nothing could be read, until something could. */
  readonly failure: () => unknown;
  /** What changes while the table is open. */
  readonly context: ModelContext;
  readonly close: () => void;
}

export interface ModelContext {
  people: readonly Person[];
  /** Titles of shown columns that the server changes with every write. */
  serverFilled: readonly string[];
  onStored: () => void;
}

/** Opens the rows of a table. */
export function createModel(tableId: string, columns: readonly Column[]): GridModel {
  const listeners = new Set<(first: number, end: number) => void>();
  const tell = (first: number, end: number): void => {
    for (const listen of listeners) listen(first, end);
  };
  const context: ModelContext = { people: [], serverFilled: [], onStored: () => undefined };
  let query: RowQuery = { viewId: undefined, where: undefined };
  let failure: unknown;
  const writes = createWrites(tableId, columns);
  const edits = createEdits({
    writes,
    blocks: () => blocks,
    people: () => context.people,
    serverFilled: () => context.serverFilled,
    onStored: () => context.onStored(),
  });
  const blocks: Blocks = createBlocks({
    fetchPage: async (offset, limit, signal) => {
      const { list, pageInfo } = await request<Page>('GET', `/api/v2/tables/${tableId}/records`, {
        query: { ...query, offset, limit },
        signal,
      });
      failure = undefined;
      return { rows: list, total: pageInfo.totalRows };
    },
    decorate: (row: Row) => edits.decorate(row),
    onChange: tell,
    onError: (error) => {
      failure = error;
      tell(0, 0);
    },
  });
  return {
    tableId,
    blocks,
    edits,
    writes,
    history: createHistory(),
    ask: (next) => {
      query = next;
      blocks.renew();
    },
    onRows: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    failure: () => failure,
    context,
    close: () => blocks.close(),
  };
}
