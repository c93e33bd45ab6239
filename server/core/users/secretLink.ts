import { hash } from 'node:crypto';
import type { Core } from '../context.ts';
import { newTokenSecret } from '../tokens/secret.ts';

/** A secret that travels once in a link; only its hash is kept. */
export interface SecretLink {
  readonly secret: string;
  readonly hash: string;
}

export const hashSecret = (secret: string): string => hash('sha256', secret);

export function newSecretLink(core: Pick<Core, 'randomBytes'>): SecretLink {
  const secret = newTokenSecret(core.randomBytes, 'l');
  return { secret, hash: hashSecret(secret) };
}

/** A value that ends every JWT of a user when it replaces the one before. */
export const newTokenVersion = (core: Pick<Core, 'randomBytes'>): string =>
  core.randomBytes(40).toString('hex');

/** An address of this instance; relative until the public one is known. */
export const linkTo = (core: Pick<Core, 'settings'>, path: string): string =>
  `${core.settings.publicUrl ?? ''}${path}`;
