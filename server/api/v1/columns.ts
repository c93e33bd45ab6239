import { columnRoutes } from '../parts/columnRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Columns of a table. */
export const routes: AnyRoute[] = columnRoutes(metaPaths);
