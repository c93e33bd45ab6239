import { type AuthPaths, authRoutes, meRoute, under } from '../parts/authRoutes.ts';
import { passwordRoutes } from '../parts/passwordRoutes.ts';
import { resetPageRoute } from '../parts/resetPage.ts';
import { sessionRoutes } from '../parts/sessionRoutes.ts';
import type { AnyRoute } from '../route.ts';

const paths: AuthPaths = { version: 'v2', prefixes: ['/api/v2/auth'] };
/** The page of a reset link has an address of its own, and posts to where it stands. */
const passwordPaths: AuthPaths = { version: 'v2', prefixes: ['/api/v2/auth', '/api/v2/db/auth'] };

/** Signing in and out, refresh, me, passwords, devices. */
export const routes: readonly AnyRoute[] = [
  ...authRoutes(paths),
  meRoute('v2', under(paths, '/user/me')),
  ...passwordRoutes(passwordPaths, ['/api/v2/auth/password/change']),
  resetPageRoute('v2', ['/api/v2/db/auth/password/reset/:tokenId']),
  ...sessionRoutes('v2', '/api/v2/sessions'),
];
