import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Pages of other origins may call the API with a token in a header, never with
 * cookies: routes that live by the refresh cookie answer without any CORS
 * header, and credentials are never allowed.
 */

const cookieRoute = /\/(?:token\/refresh|user\/signin|user\/signup|user\/signout|password\/)/i;

function allowedOrigin(origins: readonly string[], origin: string): string | undefined {
  if (origins.includes('*')) return '*';
  return origins.includes(origin) ? origin : undefined;
}

/** Adds what a browser needs to hand the answer to a page of another origin. */
export function corsHeaders(origins: readonly string[], request: FastifyRequest, reply: FastifyReply): void {
  const origin = request.headers.origin;
  if (origin === undefined || cookieRoute.test(request.url)) return;
  const allowed = allowedOrigin(origins, origin);
  if (allowed === undefined) return;
  reply.header('access-control-allow-origin', allowed);
  reply.header('access-control-expose-headers', 'xc-db-response, x-request-id, retry-after, etag');
  if (allowed !== '*') reply.header('vary', 'origin');
}

/** Answers a preflight request. */
export function answerPreflight(
  origins: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const origin = request.headers.origin;
  if (origin === undefined || allowedOrigin(origins, origin) === undefined || cookieRoute.test(request.url)) {
    return reply.code(204).send();
  }
  return reply
    .headers({
      'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
      'access-control-allow-headers':
        'xc-auth, xc-token, authorization, content-type, xc-shared-base-id, xc-password, xc-socket-id, last-event-id',
      'access-control-max-age': '600',
    })
    .code(204)
    .send();
}
