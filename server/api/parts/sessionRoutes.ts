import { Type } from 'typebox';
import type { Session } from '../../core/model.ts';
import { listSessions, revokeOtherSessions, revokeSession } from '../../core/sessions/devices.ts';
import { requireSession } from '../../core/sessions/requireSession.ts';
import { type AnyRoute, route, sessionOnly } from '../route.ts';
import { message } from './authRoutes.ts';
import { deletedRefreshCookie } from './cookies.ts';
import { formatInstant } from './instants.ts';

const tag = 'Sessions';
const textOrNull = Type.Union([Type.String(), Type.Null()]);

const sessionSchema = Type.Object({
  id: Type.String(),
  current: Type.Boolean({ description: 'The session that asks.' }),
  address: textOrNull,
  agent: textOrNull,
  created_at: Type.String(),
  last_seen_at: Type.String({ description: 'To the minute.' }),
  expires_at: Type.String(),
});

const sessionRow = (session: Session, currentId: string): Record<string, unknown> => ({
  id: session.id,
  current: session.id === currentId,
  address: session.address,
  agent: session.agent,
  created_at: formatInstant(session.createdAt),
  last_seen_at: formatInstant(session.lastSeenAt),
  expires_at: formatInstant(session.hardUntil),
});

/** The devices a user is signed in on. */
export const sessionRoutes = (version: string, path: string): AnyRoute[] => [
  route({
    id: `${version}ListSessions`,
    method: 'GET',
    paths: [path],
    summary: 'Where the caller is signed in',
    tag,
    access: sessionOnly('sessionList'),
    target: 'none',
    reply: Type.Object({ list: Type.Array(sessionSchema) }),
    run: async (call) => {
      const { session } = requireSession(call.caller);
      const sessions = await listSessions(call.core, call.caller);
      return { list: sessions.map((one) => sessionRow(one, session.id)) };
    },
  }),
  route({
    id: `${version}RevokeSession`,
    method: 'DELETE',
    paths: [`${path}/:sessionId`],
    summary: 'Sign out one device',
    tag,
    access: sessionOnly('sessionDelete'),
    target: 'none',
    reply: message,
    run: async (call) => {
      const id = call.params.sessionId ?? '';
      await revokeSession(call.core, call.caller, id);
      if (id === requireSession(call.caller).session.id)
        call.setCookie(deletedRefreshCookie(call.core.settings));
      return { msg: 'The session has been signed out' };
    },
  }),
  route({
    id: `${version}RevokeOtherSessions`,
    method: 'POST',
    paths: [`${path}/revoke-others`],
    summary: 'Sign out every device but this one',
    tag,
    access: sessionOnly('sessionDelete'),
    target: 'none',
    reply: Type.Object({ msg: Type.String(), count: Type.Integer() }),
    run: async (call) => ({
      msg: 'The other sessions have been signed out',
      count: await revokeOtherSessions(call.core, call.caller),
    }),
  }),
];
