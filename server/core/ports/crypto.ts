import type { TokenSecret } from './stores.ts';

/** Passwords, signatures, encryption and mail. Implemented in server/crypto and server/mail. */

export interface Passwords {
  /** argon2id, PHC string. Rejects with UNAVAILABLE when too many are queued. */
  hash(password: string): Promise<string>;
  /** With `stored` null it takes the same time and answers false. */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether a stored string is weaker than today's; then hash again after a successful sign-in. */
  needsRehash(stored: string): boolean;
}

export interface SessionClaims {
  readonly id: string; // user id
  readonly email: string;
  readonly roles: Readonly<Record<string, true>>;
  readonly sid: string;
  readonly jti: string;
  readonly token_version: string;
  readonly iat: number; // seconds
  readonly exp: number; // seconds
}

export interface SessionSigner {
  sign(claims: SessionClaims): string;
  /** undefined for anything that is not a valid, unexpired JWT of ours. */
  verify(jwt: string, now: Date): SessionClaims | undefined;
}

/** Encrypts copies of token secrets under a key outside the database. */
export interface TokenCipher {
  encrypt(plain: string, associatedData: string): TokenSecret;
  /** Throws when the key is unknown or the data does not belong together. */
  decrypt(secret: TokenSecret, associatedData: string): string;
}

/** Derives refresh cookies: HMAC-SHA-256, base64url. */
export type Mac = (data: string) => string;

export interface Mailer {
  /** False: no mail server is set up; nothing was sent. */
  readonly configured: boolean;
  send(mail: { to: string; subject: string; text: string }): Promise<void>;
}
