import { duplicateRoutes } from '../parts/duplicateRoutes.ts';
import { filterRoutes } from '../parts/filterRoutes.ts';
import { sortRoutes } from '../parts/sortRoutes.ts';
import { viewColumnRoutes } from '../parts/viewColumnRoutes.ts';
import { viewRoutes } from '../parts/viewRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Views of a table with their columns, filters and sorts, and copies of all these. */
export const routes: AnyRoute[] = [
  ...viewRoutes(metaPaths),
  ...viewColumnRoutes(metaPaths),
  ...filterRoutes(metaPaths),
  ...sortRoutes(metaPaths),
  ...duplicateRoutes(metaPaths),
];
