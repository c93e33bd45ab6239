import { createSigner, createVerifier } from 'fast-jwt';
import { LRUCache } from 'lru-cache';
import type { SessionClaims, SessionSigner } from '../core/ports.ts';

/** Longer tokens are refused unread. Ours have about 600 characters. */
const maxLength = 4096;
/** Verified tokens remembered, so that a signature is checked once and not at every request. */
const remembered = 5_000;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function readRoles(value: unknown): Record<string, true> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, held]) => held === true)
    ? (Object.fromEntries(entries) as Record<string, true>)
    : undefined;
}

/** The claims, if all of them are there and of the right kind; whatever else the payload holds is dropped. */
function readClaims(payload: unknown): SessionClaims | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { id, email, roles: given, sid, jti, token_version, iat, exp } = payload as Record<string, unknown>;
  const roles = readRoles(given);
  if (!isText(id) || !isText(email) || !isText(sid) || !isText(jti) || !isText(token_version))
    return undefined;
  if (!isTime(iat) || !isTime(exp) || roles === undefined) return undefined;
  return Object.freeze({ id, email, roles: Object.freeze(roles), sid, jti, token_version, iat, exp });
}

/** The first part of every token that `sign` makes: algorithm and nothing a sender could choose. */
const headerOf = (token: string): string => token.slice(0, token.indexOf('.') + 1);

/**
 * Session tokens, HS256. The algorithm is ours and never the token's: besides
 * the library's own check, a header that is not letter for letter the one we
 * write (`alg: none`, another algorithm, `kid`, `jku`, `jwk`, `crit` …) is
 * refused before anything is computed.
 */
export function createSessionSigner(secret: string): SessionSigner {
  const write = createSigner({ key: secret, algorithm: 'HS256', noTimestamp: false });
  const check = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    cache: false,
    // times are checked below, at every call and by the caller's clock
    ignoreExpiration: true,
    ignoreNotBefore: true,
  });
  const header = headerOf(write({ iat: 0 }));
  const verified = new LRUCache<string, SessionClaims>({ max: remembered });

  function readToken(jwt: string): SessionClaims | undefined {
    let payload: unknown;
    try {
      payload = check(jwt);
    } catch {
      return undefined; // every way of being wrong has the same answer
    }
    return readClaims(payload);
  }

  return {
    sign: (claims) => write({ ...claims }),
    verify(jwt, now) {
      if (jwt.length > maxLength || !jwt.startsWith(header)) return undefined;
      let claims = verified.get(jwt);
      if (claims === undefined) {
        claims = readToken(jwt);
        if (claims === undefined) return undefined;
        verified.set(jwt, claims);
      }
      if (now.getTime() >= claims.exp * 1000) {
        verified.delete(jwt);
        return undefined;
      }
      return claims;
    },
  };
}
