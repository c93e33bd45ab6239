import { baseTokenRoutes } from '../parts/baseTokenRoutes.ts';
import type { AnyRoute } from '../route.ts';

/** Tokens bound to a base. */
export const routes: readonly AnyRoute[] = baseTokenRoutes(
  'v1',
  '/api/v1/db/meta/projects/:baseId/api-tokens',
);
