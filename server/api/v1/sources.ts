import { sourceRoutes } from '../parts/sourceRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Existing databases as sources of a base. */
export const routes: AnyRoute[] = sourceRoutes(metaPaths);
