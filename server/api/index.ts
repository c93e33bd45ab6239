import { assetRoutes } from './openapi/docsRoutes.ts';
import { flatErrorBody } from './parts/errorBody.ts';
import type { AnyRoute, WireFormat } from './route.ts';
import { routes as v1Routes } from './v1/index.ts';
import { routes as v2Routes } from './v2/index.ts';

/**
 * Every version of the wire, newest first; paths of no version belong to the
 * last one. `instance` are the routes about the running process.
 */
export function formats(given: { readonly instance: readonly AnyRoute[] }): readonly WireFormat[] {
  const v2: WireFormat = {
    name: 'v2',
    prefix: '/api/v2/',
    routes: v2Routes(
      () => v2,
      () => all,
    ),
    encodeError: flatErrorBody,
  };
  const v1: WireFormat = {
    name: 'v1',
    prefix: '/',
    routes: [...v1Routes(() => v1), ...assetRoutes, ...given.instance],
    encodeError: flatErrorBody,
  };
  const all = [v2, v1];
  return all;
}
