import { type Static, Type } from 'typebox';
import { pageInfo } from '../../core/records/page.ts';
import { requireSession } from '../../core/sessions/requireSession.ts';
import { createToken } from '../../core/tokens/createToken.ts';
import { parseExpiry } from '../../core/tokens/expiry.ts';
import { describeToken, listAccountTokens } from '../../core/tokens/listTokens.ts';
import { deleteToken, type TokenChange, updateToken } from '../../core/tokens/ownTokens.ts';
import { revealToken } from '../../core/tokens/revealToken.ts';
import { readInstanceSettings } from '../../core/users/instanceSettings.ts';
import { type AnyRoute, type Call, empty, route, sessionOnly } from '../route.ts';
import { readLimit, readOffset } from './listQuery.ts';
import { pageInfoSchema } from './recordSchemas.ts';
import {
  createdTokenRow,
  createdTokenSchema,
  listedTokenRow,
  listedTokenSchema,
  newTokenBody,
  tokenChangeBody,
  tokenIdOf,
  tokenName,
} from './tokens.ts';

const tag = 'API tokens';
export const pageParameters = {
  limit: { schema: Type.Integer({ minimum: 1 }), description: 'Rows of a page.' },
  offset: { schema: Type.Integer({ minimum: 0 }), description: 'Rows to leave out.' },
};

export function expiryOf(call: Call<{ expiry?: string | null; expires_at?: string | null }>): number | null {
  return parseExpiry(call.body.expires_at ?? call.body.expiry ?? null, call.core.clock());
}

const listRoute = (version: string, path: string): AnyRoute =>
  route({
    id: `${version}ListTokens`,
    method: 'GET',
    paths: [path],
    summary: 'The own account tokens',
    tag,
    access: sessionOnly('apiTokenList'),
    target: 'none',
    query: pageParameters,
    reply: Type.Object({
      list: Type.Array(listedTokenSchema),
      pageInfo: pageInfoSchema,
      tokens_per_user: Type.Integer({ description: 'Account tokens a user may have; 0: no limit.' }),
    }),
    run: async (call) => {
      const { user } = requireSession(call.caller);
      const limit = readLimit(call.query, call.core.settings);
      const offset = readOffset(call.query, limit);
      const { tokens, total } = await listAccountTokens(call.core, user.id, { limit, offset });
      const { tokensPerUser } = await readInstanceSettings(call.core, call.core.stores);
      return {
        list: tokens.map(listedTokenRow),
        pageInfo: pageInfo(total, limit, offset),
        tokens_per_user: tokensPerUser,
      };
    },
  });

const createRoute = (version: string, path: string): AnyRoute =>
  route<Static<typeof newTokenBody>>({
    id: `${version}CreateToken`,
    method: 'POST',
    paths: [path],
    summary: 'Create an account token; the answer is the only place that shows it unasked',
    tag,
    access: sessionOnly('apiTokenCreate'),
    target: 'none',
    body: newTokenBody,
    reply: createdTokenSchema,
    run: async (call) => {
      const { user } = requireSession(call.caller);
      const { token, secret } = await createToken(call.core, call.caller, {
        userId: user.id,
        baseId: null,
        name: tokenName(call.body.description),
        expiresAt: expiryOf(call),
      });
      return createdTokenRow(token, secret);
    },
  });

const deleteRoute = (version: string, path: string): AnyRoute =>
  route({
    id: `${version}DeleteToken`,
    method: 'DELETE',
    paths: [`${path}/:tokenId`],
    summary: 'Delete a token; it is dead before this answers',
    tag,
    access: sessionOnly('apiTokenDelete'),
    target: 'none',
    reply: Type.Void(),
    run: async (call) => {
      await deleteToken(call.core, call.caller, tokenIdOf(call.params));
      return empty;
    },
  });

/** List, create and delete account tokens. */
export const tokenRoutes = (version: string, path: string): AnyRoute[] => [
  listRoute(version, path),
  createRoute(version, path),
  deleteRoute(version, path),
];

function changeOf(call: Call<Static<typeof tokenChangeBody>>): TokenChange {
  const { description, enabled, expiry, expires_at } = call.body;
  return {
    ...(description === undefined ? {} : { name: tokenName(description) }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(expiry === undefined && expires_at === undefined ? {} : { expiresAt: expiryOf(call) }),
  };
}

const updateRoute = (version: string, path: string): AnyRoute =>
  route<Static<typeof tokenChangeBody>>({
    id: `${version}UpdateToken`,
    method: 'PATCH',
    paths: [`${path}/:tokenId`],
    summary: 'Rename, pause or re-date an own token',
    tag,
    access: sessionOnly('apiTokenCreate'),
    target: 'none',
    body: tokenChangeBody,
    reply: listedTokenSchema,
    run: async (call) => {
      const token = await updateToken(call.core, call.caller, tokenIdOf(call.params), changeOf(call));
      return listedTokenRow(await describeToken(call.core, token));
    },
  });

const revealRoute = (version: string, path: string): AnyRoute =>
  route({
    id: `${version}RevealToken`,
    method: 'POST',
    paths: [`${path}/:tokenId/reveal`],
    summary: 'Show an own token again',
    tag,
    access: sessionOnly('apiTokenReveal'),
    target: 'none',
    reply: Type.Object({ token: Type.String() }),
    run: async (call) => {
      call.setHeader('cache-control', 'no-store');
      return { token: await revealToken(call.core, call.caller, tokenIdOf(call.params)) };
    },
  });

/** What the original wire does not have: change and show again. */
export const tokenCareRoutes = (version: string, path: string): AnyRoute[] => [
  updateRoute(version, path),
  revealRoute(version, path),
];
