import { memberRoutes } from '../parts/memberRoutes.ts';
import type { AnyRoute } from '../route.ts';
import { metaPaths } from './metaPaths.ts';

/** Members of a base and their roles. */
export const routes: AnyRoute[] = memberRoutes(metaPaths);
