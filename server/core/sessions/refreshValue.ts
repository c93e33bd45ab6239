import { timingSafeEqual } from 'node:crypto';
import type { Session } from '../model.ts';
import type { Mac } from '../ports.ts';

/**
 * The value of a refresh cookie is derived, never stored: session, generation
 * and a MAC over both and the session's salt. So the successor of a cookie can
 * be told again to a client that lost the answer.
 */
export interface RefreshClaim {
  readonly sessionId: string;
  readonly generation: number;
  readonly mac: string;
}

const form = /^([A-Za-z0-9_-]{1,64})\|(\d{1,10})\|([A-Za-z0-9_-]{1,128})$/;

const deriveMac = (mac: Mac, salt: string, sessionId: string, generation: number): string =>
  mac(`${salt}|${sessionId}|${generation}`);

/** The cookie of a generation of a session. */
export function refreshValue(mac: Mac, session: Pick<Session, 'id' | 'salt'>, generation: number): string {
  const derived = deriveMac(mac, session.salt, session.id, generation);
  return Buffer.from(`${session.id}|${generation}|${derived}`).toString('base64url');
}

/** What a cookie claims; undefined for anything that cannot be one of ours. */
export function parseRefreshValue(value: string): RefreshClaim | undefined {
  if (value.length > 400) return undefined;
  const match = form.exec(Buffer.from(value, 'base64url').toString('utf8'));
  const [, sessionId, generation, mac] = match ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return undefined;
  return { sessionId, generation: Number(generation), mac };
}

/** Whether we derived the claim for this session; in constant time. */
export function isGenuine(mac: Mac, session: Pick<Session, 'id' | 'salt'>, claim: RefreshClaim): boolean {
  const expected = Buffer.from(deriveMac(mac, session.salt, session.id, claim.generation));
  const presented = Buffer.from(claim.mac);
  return expected.length === presented.length && timingSafeEqual(expected, presented);
}
