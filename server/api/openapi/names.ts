import type { AnyRoute } from '../route.ts';

/** Text that may stand in an operationId or a component name. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** The first of `name`, `name<separator>2`, `name<separator>3` … that is free whatever its case; takes it. */
export function takeName(taken: Set<string>, name: string, separator = '-'): string {
  let candidate = name;
  for (let i = 2; taken.has(candidate.toLowerCase()); i += 1) candidate = `${name}${separator}${i}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}

const methodWords: Readonly<Record<string, string>> = {
  GET: 'read',
  POST: 'create',
  PATCH: 'update',
  PUT: 'replace',
  DELETE: 'delete',
};

/** Words of paths that say nothing about what an operation does. */
const filler = new Set(['api', 'db', 'data', 'tables', 'records', 'views', 'nc']);

/**
 * `db-table-row-list`, `-create`, `-count`, `db-view-row-list`,
 * `db-table-row-bulk-update-all` …: what the route does to a table, read off
 * its method and the fixed words of its path.
 */
export function operationSuffix(route: AnyRoute): string {
  const segments = (route.paths[0] ?? '').split('/').filter((segment) => segment !== '');
  const fixed = segments.filter((s) => !s.startsWith(':') && !/^v\d+$/.test(s) && !filler.has(s));
  const bulk = fixed.includes('bulk') ? ['bulk'] : [];
  const words = fixed.filter((word) => word !== 'bulk').map(slug);
  const last = segments.at(-1) ?? '';
  const ofAll = !last.startsWith(':') || ['table', 'tableId', 'view', 'viewId'].includes(last.slice(1));
  const verb = route.method === 'GET' && ofAll ? 'list' : (methodWords[route.method] ?? '');
  // a word of its own, as in /count or /move, says what is done; /all says only to what
  const named = words.length > 0 && (route.method === 'GET' || route.method === 'POST');
  const action = [...bulk, ...(named ? [] : [verb]), ...words].join('-');
  return `db-${segments.includes('views') ? 'view' : 'table'}-row-${action}`.toLowerCase();
}
