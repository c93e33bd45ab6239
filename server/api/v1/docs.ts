import { docsRoutes } from '../openapi/docsRoutes.ts';
import type { AnyRoute, WireFormat } from '../route.ts';

/** The API docs of a base. @param format the format these routes become part of */
export const v1DocsRoutes = (format: () => WireFormat): readonly AnyRoute[] =>
  docsRoutes({ name: 'v1', version: '1.0', basePath: '/api/v1/db/meta/projects/:baseId', format });
