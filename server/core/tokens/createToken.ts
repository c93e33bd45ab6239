import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { ApiToken, Caller } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { readInstanceSettings } from '../users/instanceSettings.ts';
import { copyBinding, hashToken, hintOf, newTokenSecret } from './secret.ts';

export interface TokenWish {
  /** Whose rights the token has. */
  readonly userId: string;
  /** Set: it opens this base and nothing else. */
  readonly baseId: string | null;
  readonly name: string | null;
  /** Milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface CreatedToken {
  readonly token: ApiToken;
  /** Told once; afterwards only to its owner, from an encrypted copy. */
  readonly secret: string;
}

async function requireRoom(core: Core, tx: Transaction, userId: string): Promise<void> {
  const { tokensPerUser } = await readInstanceSettings(core, tx);
  if (tokensPerUser === 0) return;
  const { total } = await tx.tokens.list({ userId, baseId: null, limit: 1 });
  if (total < tokensPerUser) return;
  const allowed = tokensPerUser === 1 ? 'one API token' : `${tokensPerUser} API tokens`;
  throw new AppError(
    'TOKEN_LIMIT_REACHED',
    `Only ${allowed} can be created per user. Delete one you no longer need, or ask an administrator to raise the limit (setting ROWGATE_TOKENS_PER_USER).`,
    { limit: tokensPerUser },
  );
}

/**
 * Makes an API token of a user. Account tokens are limited per user
 * (TOKEN_LIMIT_REACHED), those of a base are not. The database gets the hash and
 * an encrypted copy, never the secret.
 */
export async function createToken(core: Core, caller: Caller, wish: TokenWish): Promise<CreatedToken> {
  const secret = newTokenSecret(core.randomBytes);
  return core.transaction(async (tx) => {
    if (wish.baseId === null) await requireRoom(core, tx, wish.userId);
    const now = core.clock().getTime();
    const row: Omit<ApiToken, 'id'> = {
      ...wish,
      hash: hashToken(secret),
      ...hintOf(secret),
      enabled: true,
      revokedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    const token: ApiToken = { ...row, id: await tx.tokens.insert(row) };
    await tx.tokens.saveSecret(token.id, core.tokenCipher.encrypt(secret, copyBinding(token)));
    tx.invalidate('token', token.hash); // somebody may have asked for it and been told that it is unknown
    await recordAudit(core, tx, caller, {
      action: 'token.create',
      target: token.id,
      details: { name: token.name, owner: token.userId, expiresAt: token.expiresAt },
      ...(token.baseId === null ? {} : { baseId: token.baseId }),
    });
    return { token, secret };
  });
}
