import { baseTokenRoutes } from '../parts/baseTokenRoutes.ts';
import type { AnyRoute } from '../route.ts';

/** Tokens bound to a base. */
export const routes: readonly AnyRoute[] = baseTokenRoutes('v2', '/api/v2/meta/bases/:baseId/api-tokens');
