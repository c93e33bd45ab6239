import { type Static, Type } from 'typebox';
import { AppError, notFound } from '../../core/errors.ts';
import type { SignedIn } from '../../core/sessions/openSession.ts';
import { refreshSession } from '../../core/sessions/refresh.ts';
import { signIn } from '../../core/sessions/signIn.ts';
import { signOut } from '../../core/sessions/signOut.ts';
import { signUp } from '../../core/users/signUp.ts';
import { type AnyRoute, anyone, type Call, route } from '../route.ts';
import {
  deletedRefreshCookie,
  readCookie,
  refreshCookie,
  refreshCookieName,
  requireSameOrigin,
} from './cookies.ts';
import { readOne } from './listQuery.ts';
import { meBody, meSchema } from './people.ts';

/** Where a version offers the routes of signing in: `x` stands under each prefix. */
export interface AuthPaths {
  /** Begins the ids of the routes. */
  readonly version: string;
  readonly prefixes: readonly string[];
}

export const under = (paths: AuthPaths, path: string): string[] =>
  paths.prefixes.map((prefix) => prefix + path);
export const message = Type.Object({ msg: Type.String() });
export const tag = 'Authentication';

const signUpBody = Type.Object({
  email: Type.String({ format: 'email' }),
  password: Type.String({ description: '8 to 128 characters, whichever.' }),
  firstname: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
  lastname: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
  token: Type.Optional(
    Type.Union([Type.String({ maxLength: 255 }), Type.Null()], { description: 'Of an invitation.' }),
  ),
});
const signInBody = Type.Object({
  email: Type.Optional(Type.String()),
  password: Type.Optional(Type.String()),
});
const jwtReply = Type.Object({ token: Type.String({ description: 'A JWT for the header xc-auth.' }) });

/** Gives the device its cookie and answers its JWT. */
export function equip(call: Call<unknown>, signedIn: SignedIn): { token: string } {
  call.setCookie(refreshCookie(call.core.settings, signedIn));
  return { token: signedIn.jwt };
}

function fullName(body: Static<typeof signUpBody>): string | null {
  const name = [body.firstname, body.lastname]
    .map((part) => part?.trim() ?? '')
    .join(' ')
    .trim();
  return name === '' ? null : name;
}

const signUpRoute = (paths: AuthPaths): AnyRoute =>
  route<Static<typeof signUpBody>>({
    id: `${paths.version}SignUp`,
    method: 'POST',
    paths: under(paths, '/user/signup'),
    summary: 'Create an account and sign in',
    tag,
    access: anyone,
    target: 'none',
    body: signUpBody,
    reply: jwtReply,
    run: async (call) => {
      const { email, password, token } = call.body;
      const inviteToken = token === null || token === '' ? undefined : token;
      const wish = { email, password, displayName: fullName(call.body), inviteToken };
      return equip(call, await signUp(call.core, call.caller, wish));
    },
  });

const signInRoute = (paths: AuthPaths): AnyRoute =>
  route<Static<typeof signInBody>>({
    id: `${paths.version}SignIn`,
    method: 'POST',
    paths: under(paths, '/user/signin'),
    summary: 'Sign in with e-mail and password',
    tag,
    access: anyone,
    target: 'none',
    body: signInBody,
    reply: jwtReply,
    run: async (call) => {
      const { email, password } = call.body;
      if (!email || !password) throw new AppError('AUTHENTICATION_REQUIRED', 'Unauthorized');
      return equip(call, await signIn(call.core, call.caller, { email, password }));
    },
  });

const signOutRoute = (paths: AuthPaths): AnyRoute =>
  route({
    id: `${paths.version}SignOut`,
    method: 'POST',
    paths: under(paths, '/user/signout'),
    summary: 'Sign out this session: its JWT and its cookie die at once',
    tag,
    access: anyone, // the operation refuses anonymous callers in the wire's own words, and tokens
    target: 'none',
    reply: message,
    run: async (call) => {
      await signOut(call.core, call.caller);
      call.setCookie(deletedRefreshCookie(call.core.settings));
      return { msg: 'Signed out successfully' };
    },
  });

const refreshRoute = (paths: AuthPaths): AnyRoute =>
  route({
    id: `${paths.version}RefreshToken`,
    method: 'POST',
    paths: under(paths, '/token/refresh'),
    summary: 'Exchange the refresh cookie for a new JWT and a new cookie',
    tag,
    access: anyone,
    target: 'none',
    query: {
      optional: {
        schema: Type.Literal('true'),
        description: 'A device without a cookie is no mistake: it gets `null` in place of a refusal.',
      },
    },
    reply: Type.Object({ token: Type.Union([jwtReply.properties.token, Type.Null()]) }),
    run: async (call) => {
      const { settings } = call.core;
      requireSameOrigin(call.headers, settings);
      const value = readCookie(call.headers, refreshCookieName(settings));
      if (!value && readOne(call.query, 'optional') === 'true') return { token: null };
      return equip(call, await refreshSession(call.core, call.caller, value));
    },
  });

async function describeCaller(call: Call<undefined>): Promise<Record<string, unknown>> {
  const { principal } = call.caller;
  const id = readOne(call.query, 'base_id', 'project_id') ?? '';
  if (id === '') return meBody(principal, undefined);
  const base = await call.core.snapshot.findBase(id);
  const elsewhere =
    principal.kind === 'token' && principal.token.baseId !== null && principal.token.baseId !== id;
  if (base === undefined || elsewhere) throw notFound('Base', id);
  return meBody(principal, base);
}

/** Also for `/user/me`, which old clients call to test a credential. */
export const meRoute = (version: string, paths: readonly string[]): AnyRoute =>
  route({
    id: `${version}Me`,
    method: 'GET',
    paths,
    summary: 'Who is calling, and with which roles',
    tag,
    access: anyone,
    target: 'none',
    query: {
      base_id: { schema: Type.String(), description: 'Adds the roles of the caller in this base.' },
    },
    reply: meSchema,
    run: describeCaller,
  });

/** Sign-up, sign-in, sign-out, refresh and me. */
export const authRoutes = (paths: AuthPaths): AnyRoute[] => [
  signUpRoute(paths),
  signInRoute(paths),
  signOutRoute(paths),
  refreshRoute(paths),
];
