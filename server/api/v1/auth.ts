import { type AuthPaths, authRoutes, meRoute, under } from '../parts/authRoutes.ts';
import { passwordRoutes } from '../parts/passwordRoutes.ts';
import { resetPageRoute } from '../parts/resetPage.ts';
import type { AnyRoute } from '../route.ts';

const paths: AuthPaths = { version: 'v1', prefixes: ['/api/v1/auth', '/api/v1/db/auth', '/auth'] };

/** Signing in and out, refresh, me, passwords. */
export const routes: readonly AnyRoute[] = [
  ...authRoutes(paths),
  meRoute('v1', [...under(paths, '/user/me'), '/user/me']),
  ...passwordRoutes(paths, [
    '/api/v1/auth/password/change',
    '/api/v1/db/auth/password/change',
    '/user/password/change',
    '/auth/password/change',
  ]),
  resetPageRoute('v1', ['/auth/password/reset/:tokenId', '/api/v1/db/auth/password/reset/:tokenId']),
];
