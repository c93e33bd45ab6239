import type { AnyRoute, WireFormat } from '../route.ts';
import type { OpenApiDocument, Operation } from './document.ts';
import { createParameterShelf, describeComponents, describeFrame } from './frame.ts';
import { prepareOperation } from './operation.ts';
import { pathShape, toTemplate } from './paths.ts';
import { anyRecord } from './schemas.ts';

export interface InstanceDocumentOptions {
  readonly publicUrl: string | null;
  readonly mayUse?: (route: AnyRoute) => boolean;
}

/** Every route of every format, by its first path, as one document. */
export function describeInstance(
  formats: readonly WireFormat[],
  options: InstanceDocumentOptions,
): OpenApiDocument {
  const shelf = createParameterShelf();
  const paths: Record<string, Record<string, Operation>> = Object.create(null);
  const pathOfShape = new Map<string, string>();
  const tags = new Set<string>();
  for (const route of formats.flatMap((format) => format.routes)) {
    if (options.mayUse?.(route) === false) continue;
    const template = toTemplate(route.paths[0] ?? '/');
    const shape = pathShape(template.path);
    // Two routes may call the same place by different names; a document may not.
    const path = pathOfShape.get(shape) ?? template.path;
    pathOfShape.set(shape, path);
    tags.add(route.tag);
    const operations = paths[path] ?? {};
    paths[path] = operations;
    operations[route.method.toLowerCase()] = prepareOperation(
      route,
      shelf.share,
    )({
      operationId: route.id,
      tags: [route.tag],
      pathParameters: [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ''),
      pathSchema: () => ({ type: 'string' }),
      fill: anyRecord,
    });
  }
  return {
    ...describeFrame({ title: 'Rowgate', version: '2.0', publicUrl: options.publicUrl, records: true }),
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: describeComponents({}, shelf.all),
  };
}
