import { tokenCareRoutes, tokenRoutes } from '../parts/tokenRoutes.ts';
import type { AnyRoute } from '../route.ts';

/** Account tokens; change and reveal serve the tokens of bases, too. */
export const routes: readonly AnyRoute[] = [
  ...tokenRoutes('v2', '/api/v2/tokens'),
  ...tokenCareRoutes('v2', '/api/v2/tokens'),
];
