import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core/context.ts';
import type { Caller, Principal } from '../core/model.ts';
import type { Call } from './route.ts';
import { asResolved, type Found } from './target.ts';

/** What onRequest found out, before the body was read. */
export interface Admitted {
  readonly principal: Principal;
  readonly found: Found;
}

/** What a client calls itself in `xc-socket-id`; anything but a short word is nothing. */
function originOf(request: FastifyRequest): string | undefined {
  const given = request.headers['xc-socket-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : undefined;
}

function cookieText(secureCookies: boolean, name: string, value: string, maxAge: number): string {
  const secure = secureCookies ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`;
}

/** The request as handlers see it. */
export function makeCall(
  options: { readonly core: Core; readonly secureCookies: boolean },
  request: FastifyRequest,
  reply: FastifyReply,
  admitted: Admitted,
  recheck: () => Promise<void>,
): Call {
  const caller: Caller = {
    principal: admitted.principal,
    requestId: request.id,
    address: request.ip ?? null,
    agent: request.headers['user-agent']?.slice(0, 300) ?? null,
    origin: originOf(request),
  };
  const url = request.url;
  const mark = url.indexOf('?');
  return {
    core: options.core,
    caller,
    target: asResolved(admitted.found),
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | string[]>,
    queryText: mark === -1 ? '' : url.slice(mark + 1),
    body: request.body,
    headers: request.headers,
    stream: request.body as NodeJS.ReadableStream | undefined,
    recheck,
    setCookie: (cookie) => {
      reply.header('set-cookie', cookieText(options.secureCookies, cookie.name, cookie.value, cookie.maxAge));
    },
    setHeader: (name, value) => {
      reply.header(name, value);
    },
    setStatus: (status) => {
      reply.code(status);
    },
  };
}
