import { tokenRoutes } from '../parts/tokenRoutes.ts';
import type { AnyRoute } from '../route.ts';

/** Account tokens. */
export const routes: readonly AnyRoute[] = tokenRoutes('v1', '/api/v1/tokens');
