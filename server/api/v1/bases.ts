import { baseRoutes } from '../parts/baseRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Bases and their sources. */
export const routes: AnyRoute[] = baseRoutes(metaPaths);
