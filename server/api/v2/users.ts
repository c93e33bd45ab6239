import { profileRoutes } from '../parts/profileRoutes.ts';
import type { AnyRoute } from '../route.ts';

/** The own profile. */
export const routes: readonly AnyRoute[] = profileRoutes('v2', '/api/v2/meta/user/profile');
