import { hash } from 'node:crypto';
import { base62, tokenChecksum } from '../../../vocabulary/tokenFormat.ts';
import type { Core } from '../context.ts';
import type { ApiToken } from '../model.ts';

/** Random characters of a token: 30 x log2(62) = 178 bits. */
const randomLength = 30;
/** The largest multiple of 62 that fits a byte; bytes from it on would favour some characters. */
const unbiased = 248;

/** `p`: a personal token; `l`: the secret of a link. Logs mask both by their form. */
export type SecretKind = 'p' | 'l';

/** A new secret of 40 characters; the form is told in vocabulary/tokenFormat.ts. */
export function newTokenSecret(randomBytes: Core['randomBytes'], kind: SecretKind = 'p'): string {
  let body = `rg${kind}_`;
  while (body.length < 4 + randomLength) {
    for (const byte of randomBytes(2 * randomLength)) {
      if (byte < unbiased && body.length < 4 + randomLength) body += base62.charAt(byte % 62);
    }
  }
  return body + tokenChecksum(body);
}

/** What is kept of a secret. */
export const hashToken = (secret: string): string => hash('sha256', secret);

/** Characters of a secret that a list may show. */
export const hintOf = (secret: string): { hintPrefix: string; hintSuffix: string } => ({
  hintPrefix: secret.slice(0, 8),
  hintSuffix: secret.slice(-4),
});

/** Ties an encrypted copy to its row: moved to another row it does not decrypt. */
export const copyBinding = (token: Pick<ApiToken, 'id' | 'userId' | 'hash'>): string =>
  `api-token|1|${token.id}|${token.userId}|${token.hash}`;
