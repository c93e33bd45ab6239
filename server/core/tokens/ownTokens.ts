import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { ApiToken, Caller, User } from '../model.ts';
import type { TokenStore, Transaction } from '../ports.ts';
import { requireSession } from '../sessions/requireSession.ts';

/** The same for an unknown token and for somebody else's. */
export const tokenNotFound = (): AppError => new AppError('GENERIC_NOT_FOUND', 'Token not found');

/** A token of the user that still lives. Throws GENERIC_NOT_FOUND. */
export async function requireOwnToken(tokens: TokenStore, user: User, id: number): Promise<ApiToken> {
  const token = await requireLiveToken(tokens, id);
  if (token.userId !== user.id) throw tokenNotFound();
  return token;
}

async function requireLiveToken(tokens: TokenStore, id: number): Promise<ApiToken> {
  const token = await tokens.find(id);
  if (token === undefined || token.revokedAt !== null) throw tokenNotFound();
  return token;
}

async function revoke(core: Core, tx: Transaction, caller: Caller, token: ApiToken): Promise<void> {
  const { principal } = caller;
  const by = principal.kind === 'anonymous' ? 'console' : principal.user.id;
  await tx.tokens.revoke(token.id, core.clock().getTime(), by, 'deleted');
  tx.invalidate('token', token.hash);
  await recordAudit(core, tx, caller, {
    action: 'token.delete',
    target: token.id,
    details: { name: token.name, owner: token.userId },
    ...(token.baseId === null ? {} : { baseId: token.baseId }),
  });
}

/**
 * Deletes a token of the caller; a super admin may delete anyone's. It is dead
 * when this resolves. Throws GENERIC_NOT_FOUND.
 */
export async function deleteToken(core: Core, caller: Caller, id: number): Promise<void> {
  const { user } = requireSession(caller);
  await core.transaction(async (tx) => {
    const token = await requireLiveToken(tx.tokens, id);
    if (token.userId !== user.id && user.orgRole !== 'super') throw tokenNotFound();
    await revoke(core, tx, caller, token);
  });
}

/** Deletes a token bound to the base, whoever made it. Throws GENERIC_NOT_FOUND. */
export async function deleteBaseToken(core: Core, caller: Caller, baseId: string, id: number): Promise<void> {
  await core.transaction(async (tx) => {
    const token = await requireLiveToken(tx.tokens, id);
    if (token.baseId !== baseId) throw tokenNotFound();
    await revoke(core, tx, caller, token);
  });
}

/** Deletes any token; for the server's console. */
export async function deleteAnyToken(core: Core, caller: Caller, id: number): Promise<void> {
  await core.transaction(async (tx) => revoke(core, tx, caller, await requireLiveToken(tx.tokens, id)));
}

export interface TokenChange {
  readonly name?: string | null;
  readonly enabled?: boolean;
  readonly expiresAt?: number | null;
}

/** Renames, pauses or re-dates a token of the caller; it counts from the next request on. */
export async function updateToken(
  core: Core,
  caller: Caller,
  id: number,
  change: TokenChange,
): Promise<ApiToken> {
  const { user } = requireSession(caller);
  return core.transaction(async (tx) => {
    const token = await requireOwnToken(tx.tokens, user, id);
    const updatedAt = core.clock().getTime();
    await tx.tokens.update(id, { ...change, updatedAt });
    tx.invalidate('token', token.hash);
    await recordAudit(core, tx, caller, { action: 'token.update', target: id, details: { ...change } });
    return { ...token, ...change, updatedAt };
  });
}
