/** From the router's notation (`/a/:id(^\\d+$)/b/*`) to the document's (`/a/{id}/b/{rest}`). */

export interface PathTemplate {
  readonly path: string;
  /** Names in the order they stand. */
  readonly parameters: readonly string[];
}

const parameter = /:([A-Za-z0-9_]+)(?:\((?:[^()\\]|\\.|\([^()]*\))*\))?\??/g;

/**
 * @param literals values that stand in place of parameters, percent-encoded here
 */
export function toTemplate(
  routerPath: string,
  literals: Readonly<Record<string, string>> = {},
): PathTemplate {
  const parameters: string[] = [];
  const path = routerPath.replace(/\*$/, ':rest').replace(parameter, (_all, name: string) => {
    const literal = Object.hasOwn(literals, name) ? literals[name] : undefined;
    if (literal !== undefined) return encodeURIComponent(literal);
    parameters.push(name);
    return `{${name}}`;
  });
  return { path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path, parameters };
}

/** Equal for paths that match the same addresses: OpenAPI forbids two of them. */
export const pathShape = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

const descriptions: Readonly<Record<string, string>> = {
  orgs: 'Any word; clients send `noco`.',
  base: 'Id or title of the base.',
  baseId: 'Id of the base, as `GET /api/v2/meta/bases` lists it.',
  sourceId: 'Id of the data source.',
  table: 'Id or title of the table.',
  tableId: 'Id of the table, as the tables of a base list it.',
  columnId: 'Id of the column.',
  view: 'Id or title of the view.',
  viewId: 'Id of the view.',
  viewColumnId: 'Id of a column of a view, as the columns of the view list it.',
  filterId: 'Id of the filter.',
  sortId: 'Id of the sort.',
  rowId: 'Primary key of the record; parts of a composite key are joined with `___`.',
  recordId: 'Primary key of the record; parts of a composite key are joined with `___`.',
  userId: 'Id of the user.',
  tokenId: 'Id of the token.',
};

/** What a path parameter is, for people. */
export const describeParameter = (name: string): string =>
  descriptions[name] ?? `The ${name} of the address.`;
