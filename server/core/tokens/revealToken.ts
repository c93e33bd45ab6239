import { timingSafeEqual } from 'node:crypto';
import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { ApiToken, Caller } from '../model.ts';
import { requireWithinLimit } from '../sessions/limits.ts';
import { requireSession } from '../sessions/requireSession.ts';
import { requireOwnToken } from './ownTokens.ts';
import { copyBinding, hashToken } from './secret.ts';

function isSecretOf(token: ApiToken, secret: string): boolean {
  const [expected, actual] = [Buffer.from(token.hash, 'hex'), Buffer.from(hashToken(secret), 'hex')];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The decrypted copy, or why there is none. A copy of another row or with a changed bit is never answered. */
async function readCopy(
  core: Core,
  token: ApiToken,
): Promise<{ secret: string } | { failure: unknown } | undefined> {
  const copy = await core.stores.tokens.secret(token.id);
  if (copy === undefined) return undefined;
  try {
    const secret = core.tokenCipher.decrypt(copy, copyBinding(token));
    return isSecretOf(token, secret)
      ? { secret }
      : { failure: new Error('the copy belongs to another token') };
  } catch (failure) {
    return { failure };
  }
}

/**
 * Shows a token again, to its owner only, by a session, 10 times an hour,
 * audited. Throws GENERIC_NOT_FOUND for tokens of others, UNPROCESSABLE when no
 * copy was kept, INTERNAL when the copy was tampered with or its key is gone.
 */
export async function revealToken(core: Core, caller: Caller, id: number): Promise<string> {
  const { user } = requireSession(caller);
  const token = await requireOwnToken(core.stores.tokens, user, id);
  await requireWithinLimit(core.limits, 'tokenRevealUser', user.id, 'tokens shown in one hour');
  const copy = await readCopy(core, token);
  if (copy === undefined) {
    throw new AppError(
      'UNPROCESSABLE',
      'No copy of this token was kept, so it cannot be shown again. Delete it and create a new one.',
    );
  }
  const succeeded = 'secret' in copy;
  await core.transaction(async (tx) => {
    await requireOwnToken(tx.tokens, user, id); // deleted meanwhile
    await recordAudit(core, tx, caller, {
      action: succeeded ? 'token.reveal' : 'token.revealFailed',
      target: id,
      ...(token.baseId === null ? {} : { baseId: token.baseId }),
    });
  });
  if (succeeded) return copy.secret;
  throw new AppError(
    'INTERNAL',
    'The kept copy of this token cannot be read: it was changed or its key is missing. Delete the token and create a new one.',
    undefined,
    copy.failure,
  );
}
