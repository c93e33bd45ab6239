import { viewRoutes } from '../parts/viewRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Views of a table. */
export const routes: AnyRoute[] = viewRoutes(metaPaths);
