import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { hasTokenForm, isIntactToken, maxTokenLength } from '../../vocabulary/tokenFormat.ts';
import type { Core } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { ApiToken, Principal, Session, User } from '../core/model.ts';
import type { Maybe } from '../core/ports.ts';
import { addressKey, tooManyRequests } from '../core/sessions/limits.ts';
import { createSessionCache } from '../core/sessions/sessionCache.ts';
import { createTokenCache } from '../core/tokens/tokenCache.ts';
import type { TokenUsage } from '../core/tokens/usage.ts';

/** The part of a request that says who calls. */
export interface Presented {
  readonly headers: IncomingHttpHeaders;
  /** Address of the client. */
  readonly ip?: string;
  /** With the query. */
  readonly url: string;
}

/**
 * Who is calling? Headers only: `xc-token`, `xc-auth`, `Authorization: Bearer`.
 * With several credentials the API token decides, but every one that was
 * presented must be good: a bad one is 401 AUTHENTICATION_REQUIRED also on
 * public routes, and never becomes another principal or anonymous. Answers at
 * once, without a promise, when everything it needs is cached.
 * Throws RATE_LIMITED for further bad credentials of an address that sent many.
 */
export type Authenticate = (request: Presented) => Maybe<Principal>;

type SignedIn = Exclude<Principal, { kind: 'anonymous' }>;
type Credential = { readonly kind: 'token' | 'jwt'; readonly text: string };

const anonymous: Principal = { kind: 'anonymous' };
const maxJwtLength = 4096;
const bearer = /^bearer(?:\s+(.*))?$/i;
const credentialInQuery = /[?&]xc-(?:token|auth)(?:[=&#]|$)/i;

const isPromise = <T>(value: Maybe<T>): value is Promise<T> => value instanceof Promise;

/** Goes on with a value at once when it is there, else when it comes. */
function next<T, U>(value: Maybe<T>, work: (value: T) => Maybe<U>): Maybe<U> {
  return isPromise(value) ? value.then(work) : work(value);
}

/** Throws BAD_REQUEST when a credential stands in the address, where logs and histories keep it. */
export function refuseCredentialInQuery(url: string): void {
  if (!credentialInQuery.test(url)) return;
  throw new AppError(
    'BAD_REQUEST',
    'A credential does not belong in the address: send it in the header xc-token or xc-auth. Whatever was sent may now be in logs; replace it.',
  );
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

/** What was presented, the one that decides first. An empty header is none. */
function readCredentials(headers: IncomingHttpHeaders): Credential[] {
  const credentials: Credential[] = [];
  const token = headerText(headers['xc-token']);
  if (token !== '') credentials.push({ kind: 'token', text: token });
  const jwt = headerText(headers['xc-auth']);
  if (jwt !== '') credentials.push({ kind: 'jwt', text: jwt });
  const value = (bearer.exec(headers.authorization ?? '')?.[1] ?? '').trim();
  if (value !== '') credentials.push({ kind: value.split('.').length === 3 ? 'jwt' : 'token', text: value });
  return credentials.sort((a, b) => Number(a.kind === 'jwt') - Number(b.kind === 'jwt'));
}

/** Judges one credential; undefined: bad. */
type Judge = (text: string) => Maybe<SignedIn | undefined>;

function createTokenJudge(core: Core): Judge {
  const tokens = createTokenCache(core.stores.tokens, core.invalidations);

  function judgeOwner(token: ApiToken, user: User | undefined): SignedIn | undefined {
    return user?.status === 'active' ? { kind: 'token', user, token } : undefined;
  }
  function judge(token: ApiToken | undefined): Maybe<SignedIn | undefined> {
    if (token === undefined || token.revokedAt !== null || !token.enabled) return undefined;
    if (token.expiresAt !== null && core.clock().getTime() >= token.expiresAt) return undefined;
    return next(core.directory.find(token.userId), (user) => judgeOwner(token, user));
  }
  return (text) => {
    if (text.length > maxTokenLength) return undefined;
    const digest = hash('sha256', text);
    const known = tokens.peek(digest);
    if (known !== undefined) return judge(known);
    if (hasTokenForm(text) && !isIntactToken(text)) return undefined; // a typo costs no look-up
    return next(tokens.find(digest), judge);
  };
}

function createJwtJudge(core: Core): Judge {
  const sessions = createSessionCache(core.stores.sessions, core.invalidations);

  function judge(
    claims: { id: string; token_version: string },
    session: Session | undefined,
    user: User | undefined,
  ): SignedIn | undefined {
    if (session === undefined || session.userId !== claims.id || session.revokedAt !== null) return undefined;
    if (core.clock().getTime() >= session.hardUntil) return undefined;
    if (user?.status !== 'active' || user.tokenVersion !== claims.token_version) return undefined;
    return { kind: 'session', user, session };
  }
  return (text) => {
    if (text.length > maxJwtLength) return undefined;
    const claims = core.signer.verify(text, core.clock());
    if (claims === undefined) return undefined;
    return next(sessions.find(claims.sid), (session) =>
      next(core.directory.find(claims.id), (user) => judge(claims, session, user)),
    );
  };
}

async function refuse(core: Core, address: string | null): Promise<never> {
  const seconds = await core.limits.take('badCredential', addressKey(address));
  if (seconds > 0) throw tooManyRequests('invalid credentials from this address', seconds);
  throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
}

/** Makes the one front door. `usage` hears of every good credential. */
export function createAuthenticator(core: Core, usage: TokenUsage): Authenticate {
  const judges = { token: createTokenJudge(core), jwt: createJwtJudge(core) };

  function admit(request: Presented, principal: SignedIn | undefined): Maybe<Principal> {
    const address = request.ip ?? null;
    if (principal === undefined) return refuse(core, address);
    if (principal.kind === 'session') usage.touchSession(principal.session);
    else
      usage.touch(principal.token, { address, agent: request.headers['user-agent']?.slice(0, 300) ?? null });
    return principal;
  }
  /** The first decides, all must be good. */
  async function judgeAll(credentials: readonly Credential[]): Promise<SignedIn | undefined> {
    const judged: (SignedIn | undefined)[] = [];
    for (const { kind, text } of credentials) judged.push(await judges[kind](text));
    return judged.includes(undefined) ? undefined : judged[0];
  }
  return (request) => {
    refuseCredentialInQuery(request.url);
    const credentials = readCredentials(request.headers);
    const [first] = credentials;
    if (first === undefined) return anonymous;
    return next(core.invalidations.catchUp(), () =>
      next(credentials.length === 1 ? judges[first.kind](first.text) : judgeAll(credentials), (principal) =>
        admit(request, principal),
      ),
    );
  };
}
