import { tableRoutes } from '../parts/tableRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Tables of a base. */
export const routes: AnyRoute[] = tableRoutes(metaPaths);
