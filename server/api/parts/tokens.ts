import { Type } from 'typebox';
import type { ApiToken } from '../../core/model.ts';
import type { ListedToken } from '../../core/tokens/listTokens.ts';
import { tokenNotFound } from '../../core/tokens/ownTokens.ts';
import { formatInstant } from './instants.ts';

const formatOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : formatInstant(milliseconds);

/** How the wire shows API tokens. Only creating and revealing show a secret. */

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);

const row = {
  id: Type.Integer(),
  description: textOrNull,
  base_id: Type.Union([Type.String(), Type.Null()], { description: 'Set: the token opens this base only.' }),
  enabled: Type.Boolean({ description: 'False: paused.' }),
  expiry: Type.Union([Type.String(), Type.Null()], { description: 'null: never.' }),
  token_prefix: text,
  token_hint: text,
  fk_user_id: text,
  fk_sso_client_id: Type.Null(),
  created_at: text,
  updated_at: text,
};

export const listedTokenSchema = Type.Object({
  ...row,
  token: Type.Null({ description: 'Shown when the token is created, and to its owner by the reveal route.' }),
  created_by: textOrNull,
  last_used_at: textOrNull,
  calls: Type.Integer({ description: 'Requests so far; counted once a minute.' }),
});

export const createdTokenSchema = Type.Object({
  ...row,
  token: Type.String({ minLength: 40, maxLength: 40 }),
});

const optionalExpiry = Type.Optional(
  Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
    description: 'A date and time of ISO 8601 in the future; null: never.',
  }),
);
const optionalName = Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()]));

export const newTokenBody = Type.Object({
  description: optionalName,
  expiry: optionalExpiry,
  expires_at: optionalExpiry,
});

export const tokenChangeBody = Type.Object({
  description: optionalName,
  enabled: Type.Optional(Type.Boolean()),
  expiry: optionalExpiry,
  expires_at: optionalExpiry,
});

function sharedRow(token: ApiToken): Record<string, unknown> {
  return {
    id: token.id,
    base_id: token.baseId,
    description: token.name,
    enabled: token.enabled,
    expiry: formatOrNull(token.expiresAt),
    token_prefix: token.hintPrefix,
    token_hint: `${token.hintPrefix}…${token.hintSuffix}`,
    fk_user_id: token.userId,
    fk_sso_client_id: null,
    created_at: formatInstant(token.createdAt),
    updated_at: formatInstant(token.updatedAt),
  };
}

export const listedTokenRow = ({ token, lastUse, owner }: ListedToken): Record<string, unknown> => ({
  ...sharedRow(token),
  token: null,
  created_by: owner?.email ?? null,
  last_used_at: formatOrNull(lastUse?.at ?? null),
  calls: lastUse?.calls ?? 0,
});

export const createdTokenRow = (token: ApiToken, secret: string): Record<string, unknown> => ({
  ...sharedRow(token),
  db_alias: null,
  permissions: null,
  fk_workspace_id: null,
  token: secret,
});

/** The number in the path. Throws GENERIC_NOT_FOUND for anything that is none. */
export function tokenIdOf(params: Readonly<Record<string, string>>): number {
  const text = params.tokenId ?? '';
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (id === 0) throw tokenNotFound();
  return id;
}

/** A name as it is kept: trimmed, null when nothing is left. */
export function tokenName(description: string | null | undefined): string | null {
  const name = description?.trim() ?? '';
  return name === '' ? null : name;
}
