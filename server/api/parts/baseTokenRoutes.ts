import { type Static, Type } from 'typebox';
import { requireSession } from '../../core/sessions/requireSession.ts';
import { createToken } from '../../core/tokens/createToken.ts';
import { listBaseTokens } from '../../core/tokens/listTokens.ts';
import { deleteBaseToken } from '../../core/tokens/ownTokens.ts';
import { type AnyRoute, inBaseBySession, route } from '../route.ts';
import { expiryOf } from './tokenRoutes.ts';
import {
  createdTokenRow,
  createdTokenSchema,
  listedTokenRow,
  listedTokenSchema,
  newTokenBody,
  tokenIdOf,
  tokenName,
} from './tokens.ts';

const tag = 'API tokens';

/** Tokens bound to a base; `path` holds `:baseId`. By session only: a token never makes tokens. */
export const baseTokenRoutes = (version: string, path: string): AnyRoute[] => [
  route({
    id: `${version}ListBaseTokens`,
    method: 'GET',
    paths: [path],
    summary: 'The tokens bound to this base, of all its members',
    tag,
    access: inBaseBySession('baseApiTokenList'),
    target: 'base',
    reply: Type.Object({ list: Type.Array(listedTokenSchema) }),
    run: async (call) => {
      const tokens = await listBaseTokens(call.core, call.target.base.id);
      return { list: tokens.map(listedTokenRow) };
    },
  }),
  route<Static<typeof newTokenBody>>({
    id: `${version}CreateBaseToken`,
    method: 'POST',
    paths: [path],
    summary: 'Create a token that opens this base and nothing else',
    tag,
    access: inBaseBySession('baseApiTokenCreate'),
    target: 'base',
    body: newTokenBody,
    reply: createdTokenSchema,
    run: async (call) => {
      const { user } = requireSession(call.caller);
      const { token, secret } = await createToken(call.core, call.caller, {
        userId: user.id,
        baseId: call.target.base.id,
        name: tokenName(call.body.description),
        expiresAt: expiryOf(call),
      });
      return createdTokenRow(token, secret);
    },
  }),
  route({
    id: `${version}DeleteBaseToken`,
    method: 'DELETE',
    paths: [`${path}/:tokenId`],
    summary: 'Delete a token of this base; it is dead before this answers',
    tag,
    access: inBaseBySession('baseApiTokenDelete'),
    target: 'base',
    reply: Type.Literal(1),
    run: async (call) => {
      await deleteBaseToken(call.core, call.caller, call.target.base.id, tokenIdOf(call.params));
      return 1;
    },
  }),
];
