import type { Core } from '../context.ts';
import type { ApiToken, User } from '../model.ts';
import type { TokenUse } from '../ports.ts';

export interface ListedToken {
  readonly token: ApiToken;
  /** undefined: never, or not written yet (uses are written once a minute). */
  readonly lastUse: TokenUse | undefined;
  /** undefined: removed meanwhile. */
  readonly owner: User | undefined;
}

async function describeTokens(core: Core, tokens: readonly ApiToken[]): Promise<ListedToken[]> {
  const uses = await core.stores.tokens.lastUses(tokens.map((token) => token.id));
  await core.directory.load(tokens.map((token) => token.userId));
  return tokens.map((token) => ({
    token,
    lastUse: uses.get(token.id),
    owner: core.directory.peek(token.userId),
  }));
}

/** Account tokens of a user, newest first. Secrets are never part of a list. */
export async function listAccountTokens(
  core: Core,
  userId: string,
  page: { limit: number; offset: number },
): Promise<{ tokens: ListedToken[]; total: number }> {
  const { tokens, total } = await core.stores.tokens.list({ userId, baseId: null, ...page });
  return { tokens: await describeTokens(core, tokens), total };
}

/** Tokens bound to a base, of all its members, newest first. */
export async function listBaseTokens(core: Core, baseId: string): Promise<ListedToken[]> {
  const { tokens } = await core.stores.tokens.list({ baseId });
  return describeTokens(core, tokens);
}

/** One token with its last use. */
export async function describeToken(core: Core, token: ApiToken): Promise<ListedToken> {
  const [described] = await describeTokens(core, [token]);
  return described ?? { token, lastUse: undefined, owner: undefined };
}
