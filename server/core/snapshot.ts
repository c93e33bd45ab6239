import { createHash } from 'node:crypto';
import { findColumnType } from '../../columnTypes/index.ts';
import type { Base, Column, Source, Table, View } from './model.ts';
import type {
  BaseStore,
  ColumnRow,
  ExternalSources,
  Invalidations,
  Maybe,
  TableRow,
  ViewRow,
} from './ports.ts';
import { createViewResolver, findFilter } from './views/resolve.ts';

/**
 * The schema of every base in use, in memory and immutable. A base is loaded
 * at its first use in a constant number of queries and replaced as a whole
 * after a change; the hot path asks no database.
 */
export interface Snapshot {
  findBase(id: string): Maybe<Base | undefined>;
  findTable(id: string): Maybe<{ base: Base; table: Table } | undefined>;
  findColumn(id: string): Maybe<{ base: Base; table: Table; column: Column } | undefined>;
  findView(id: string): Maybe<FoundView | undefined>;
  /** The view that a filter belongs to. */
  findViewOfFilter(id: string): Maybe<FoundView | undefined>;
  /** The view that a sort belongs to. */
  findViewOfSort(id: string): Maybe<FoundView | undefined>;
}

export interface FoundView {
  readonly base: Base;
  readonly table: Table;
  readonly view: View;
}

function resolveColumn(row: ColumnRow): Column {
  const type = findColumnType(row.type);
  if (type === undefined) throw new Error(`metadata names an unknown column type: ${row.type}`);
  const { baseId: _, ...rest } = row;
  return { ...rest, type, storage: type.storage };
}

function nameColumns(columns: readonly Column[]): Map<string, Column> {
  const names = new Map<string, Column>();
  for (const column of columns) names.set(column.title, column);
  for (const column of columns) if (!names.has(column.name)) names.set(column.name, column);
  for (const column of columns) if (!names.has(column.id)) names.set(column.id, column);
  return names;
}

function resolveTable(
  row: TableRow,
  columnRows: readonly ColumnRow[],
  viewRows: readonly ViewRow[],
  resolveView: ReturnType<typeof createViewResolver>,
  source: Source | undefined,
): Table {
  const columns = columnRows.map(resolveColumn).sort((a, b) => a.order - b.order);
  const hash = createHash('md5'); // a fingerprint for caches, not a secret
  hash.update(JSON.stringify([row, columnRows, source?.external]));
  return {
    ...row,
    ...(source !== undefined && { source }),
    columns,
    key: columns.filter((column) => column.key),
    views: viewRows.map((view) => resolveView(view, columns)),
    columnByName: nameColumns(columns),
    schemaHash: hash.digest('hex'),
  };
}

function groupByTable<T extends { tableId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.tableId);
    if (group === undefined) groups.set(row.tableId, [row]);
    else group.push(row);
  }
  return groups;
}

/** A whole base as one store sees it; inside a transaction its own writes too. */
export async function loadBase(store: BaseStore, id: string): Promise<Base | undefined> {
  const rows = await store.load(id);
  if (rows === undefined) return undefined;
  const columns = groupByTable(rows.columns);
  const views = groupByTable(rows.views);
  const resolveView = createViewResolver(rows);
  const external = new Map(
    rows.base.sources.filter((source) => source.external !== undefined).map((source) => [source.id, source]),
  );
  const tables = rows.tables
    .map((row) =>
      resolveTable(
        row,
        columns.get(row.id) ?? [],
        views.get(row.id) ?? [],
        resolveView,
        external.get(row.sourceId),
      ),
    )
    .sort((a, b) => a.order - b.order);
  return { ...rows.base, tables, tableById: new Map(tables.map((table) => [table.id, table])) };
}

export function createSnapshot(
  store: BaseStore,
  invalidations: Invalidations,
  sources: Pick<ExternalSources, 'know'>,
): Snapshot {
  const bases = new Map<string, Base>();
  const baseOfTable = new Map<string, string>();
  let generation = 0; // counts invalidations, so that a slow load cannot store an old base

  function forget(id: string): void {
    for (const table of bases.get(id)?.tables ?? []) baseOfTable.delete(table.id);
    bases.delete(id);
  }
  invalidations.subscribe((kind, key) => {
    if (kind === 'base') forget(key);
    else if (kind === 'all') for (const id of [...bases.keys()]) forget(id);
    else return;
    generation += 1;
  });

  async function load(id: string): Promise<Base | undefined> {
    const started = generation;
    const base = await loadBase(store, id);
    if (started === generation) sources.know(id, base?.sources ?? []);
    if (base !== undefined && started === generation) {
      bases.set(id, base);
      for (const table of base.tables) baseOfTable.set(table.id, id);
    }
    return base;
  }

  const findBase = (id: string): Maybe<Base | undefined> => bases.get(id) ?? load(id);

  async function loadTable(id: string): Promise<{ base: Base; table: Table } | undefined> {
    const baseId = await store.baseOfTable(id);
    const base = baseId === undefined ? undefined : await findBase(baseId);
    const table = base?.tableById.get(id);
    return base === undefined || table === undefined ? undefined : { base, table };
  }

  async function findViewWhere(
    baseId: string | undefined,
    wanted: (view: View) => boolean,
  ): Promise<FoundView | undefined> {
    const base = baseId === undefined ? undefined : await findBase(baseId);
    for (const table of base?.tables ?? []) {
      const view = table.views.find(wanted);
      if (base !== undefined && view !== undefined) return { base, table, view };
    }
    return undefined;
  }

  return {
    findBase,
    findTable(id) {
      const base = bases.get(baseOfTable.get(id) ?? '');
      const table = base?.tableById.get(id);
      return base !== undefined && table !== undefined ? { base, table } : loadTable(id);
    },
    async findColumn(id) {
      const baseId = await store.baseOfColumn(id);
      const base = baseId === undefined ? undefined : await findBase(baseId);
      for (const table of base?.tables ?? []) {
        const column = table.columns.find((candidate) => candidate.id === id);
        if (base !== undefined && column !== undefined) return { base, table, column };
      }
      return undefined;
    },
    findView: async (id) => findViewWhere(await store.baseOfView(id), (view) => view.id === id),
    findViewOfFilter: async (id) =>
      findViewWhere(await store.baseOfFilter(id), (view) => findFilter(view.filters, id) !== undefined),
    findViewOfSort: async (id) =>
      findViewWhere(await store.baseOfSort(id), (view) => view.sorts.some((sort) => sort.id === id)),
  };
}
