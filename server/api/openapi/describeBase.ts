import type { Base, Table } from '../../core/model.ts';
import type { AnyRoute, WireFormat } from '../route.ts';
import type { JsonSchema, OpenApiDocument, Operation } from './document.ts';
import { createParameterShelf, describeComponents, describeFrame } from './frame.ts';
import { operationSuffix, takeName } from './names.ts';
import { type DescribeOperation, prepareOperation } from './operation.ts';
import { toTemplate } from './paths.ts';
import { describeTable, keySchema, type TableSchemas } from './tables.ts';

export interface BaseDocumentOptions {
  /** The format's own version number, e.g. '2.0'. */
  readonly version: string;
  readonly publicUrl: string | null;
  readonly lists: 'text' | 'array';
  /** Which of the format's routes the caller may use. */
  readonly mayUse: (route: AnyRoute) => boolean;
}

function literalsFor(base: Base, table: Table): Record<string, string> {
  return { baseId: base.id, base: base.id, tableId: table.id, table: table.id, orgs: 'v1', org: 'v1' };
}

function pathSchema(table: Table, name: string): JsonSchema {
  if (name === 'rowId' || name === 'recordId') return keySchema(table);
  const [view] = table.views;
  if ((name === 'viewId' || name === 'view') && view !== undefined)
    return { type: 'string', examples: [view.id] };
  return { type: 'string' };
}

interface PreparedRoute {
  readonly route: AnyRoute;
  readonly suffix: string;
  readonly describe: DescribeOperation;
}

interface Builder {
  readonly routes: readonly PreparedRoute[];
  readonly operationIds: Set<string>;
  readonly paths: Record<string, Record<string, Operation>>;
}

function addTable(builder: Builder, base: Base, table: Table, tag: string, described: TableSchemas): void {
  const literals = literalsFor(base, table);
  const name = described.name.toLowerCase();
  for (const { route, suffix, describe } of builder.routes) {
    const { path, parameters } = toTemplate(route.paths[0] ?? '', literals);
    const operations = builder.paths[path] ?? {};
    builder.paths[path] = operations;
    operations[route.method.toLowerCase()] = describe({
      operationId: takeName(builder.operationIds, `${name}-${suffix}`),
      tags: [tag],
      pathParameters: parameters,
      pathSchema: (parameter) => pathSchema(table, parameter),
      fill: described.fill,
    });
  }
}

/** The data routes of a base, table by table, as one document. */
export function describeBase(format: WireFormat, base: Base, options: BaseDocumentOptions): OpenApiDocument {
  const shelf = createParameterShelf();
  const routes = format.routes
    .filter((route) => route.perTable === true && options.mayUse(route))
    .map((route) => ({
      route,
      suffix: operationSuffix(route),
      describe: prepareOperation(route, shelf.share),
    }));
  const builder: Builder = { routes, operationIds: new Set(), paths: Object.create(null) };
  const names = new Set(['error']);
  const tagNames = new Set<string>();
  const schemas: Record<string, JsonSchema> = {};
  const tags = base.tables.map((table) => {
    const tag = takeName(tagNames, table.title, ' ');
    const described = describeTable(table, options.lists, names);
    Object.assign(schemas, described.schemas);
    addTable(builder, base, table, tag, described);
    return table.description === null ? { name: tag } : { name: tag, description: table.description };
  });
  return {
    ...describeFrame({
      title: base.title,
      version: options.version,
      publicUrl: options.publicUrl,
      records: true,
    }),
    tags,
    paths: builder.paths,
    components: describeComponents(schemas, shelf.all),
  };
}
