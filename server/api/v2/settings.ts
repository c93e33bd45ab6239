import type { AnyRoute } from '../route.ts';

/** This version has no address of its own for the settings of the instance. */
export const routes: readonly AnyRoute[] = [];
