import type { Core } from '../core/context.ts';
import { AppError, notFound } from '../core/errors.ts';
import type { Base, Column, Principal, Table, View } from '../core/model.ts';
import { findTableByName, type Names } from '../core/names.ts';
import { parseViewColumnId, viewColumnNotFound } from '../core/views/columns.ts';
import { filterNotFound } from '../core/views/filters.ts';
import { sortNotFound } from '../core/views/sorts.ts';
import type { AnyRoute, Resolved, Target } from './route.ts';

/** What a target resolved to so far; which members are present depends on its kind. */
export interface Found {
  readonly base?: Base;
  readonly table?: Table;
  readonly column?: Column;
  readonly view?: View | undefined;
}

type Params = Readonly<Record<string, string>>;
type Resolve = (core: Core, names: Names, params: Params, principal: Principal) => Found | Promise<Found>;

const isPromise = <T>(value: T | Promise<T>): value is Promise<T> => value instanceof Promise;

function requireFound<T>(value: T | undefined, thing: Parameters<typeof notFound>[0], id: string): T {
  if (value === undefined) throw notFound(thing, id);
  return value;
}

async function resolveNamed(core: Core, names: Names, params: Params, principal: Principal): Promise<Found> {
  const wanted = params.base ?? '';
  const base =
    principal.kind === 'anonymous'
      ? await core.snapshot.findBase(wanted)
      : await names.findBase(principal.user, wanted);
  const found = requireFound(base, 'Base', wanted);
  if (params.table === undefined) return { base: found };
  const table = requireFound(findTableByName(found, params.table), 'Table', params.table);
  if (params.view === undefined) return { base: found, table };
  const view = table.views.find(
    (candidate) => candidate.id === params.view || candidate.title === params.view,
  );
  return { base: found, table, view: requireFound(view, 'View', params.view) };
}

const resolvers: Record<Target, Resolve> = {
  none: () => ({}),
  base(core, _names, params) {
    const id = params.baseId ?? '';
    const base = core.snapshot.findBase(id);
    if (isPromise(base)) return base.then((loaded) => ({ base: requireFound(loaded, 'Base', id) }));
    return { base: requireFound(base, 'Base', id) };
  },
  table(core, _names, params) {
    const id = params.tableId ?? '';
    const table = core.snapshot.findTable(id);
    if (isPromise(table)) return table.then((loaded) => requireFound(loaded, 'Table', id));
    return requireFound(table, 'Table', id);
  },
  async column(core, _names, params) {
    const id = params.columnId ?? '';
    return requireFound(await core.snapshot.findColumn(id), 'Field', id);
  },
  async view(core, _names, params) {
    const id = params.viewId ?? '';
    return requireFound(await core.snapshot.findView(id), 'View', id);
  },
  async filter(core, _names, params) {
    const id = params.filterId ?? '';
    const found = await core.snapshot.findViewOfFilter(id);
    if (found === undefined) throw filterNotFound(id);
    return found;
  },
  async sort(core, _names, params) {
    const id = params.sortId ?? '';
    const found = await core.snapshot.findViewOfSort(id);
    if (found === undefined) throw sortNotFound(id);
    return found;
  },
  async viewColumn(core, _names, params) {
    const id = params.viewColumnId ?? '';
    const parsed = parseViewColumnId(id);
    const found = parsed === undefined ? undefined : await core.snapshot.findView(parsed.viewId);
    const column = found?.table.columns.find((candidate) => candidate.id === parsed?.columnId);
    if (found === undefined || column === undefined) throw viewColumnNotFound(id);
    return { ...found, column };
  },
  named: resolveNamed,
};

/** Finds what the path names; throws not-found errors, those of the route where it has its own. */
export function resolveTarget(
  { target, missing }: Pick<AnyRoute, 'target' | 'missing'>,
  core: Core,
  names: Names,
  params: Params,
  principal: Principal,
): Found | Promise<Found> {
  const found = resolvers[target](core, names, params, principal);
  if (missing === undefined || !isPromise(found)) return found;
  return found.catch((error: unknown) => {
    throw error instanceof AppError && error.code.endsWith('_NOT_FOUND') ? missing() : error;
  });
}

/** Members a route's target kind does not have are never read by it; the type says which are there. */
export const asResolved = (found: Found): Resolved => found as Resolved;
