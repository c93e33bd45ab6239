import type { Server } from 'node:http';
import fastify, {
  type FastifyError,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { requireBaseRight, requireInstanceRight } from '../core/access.ts';
import type { Core } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Principal } from '../core/model.ts';
import { createNames, type Names } from '../core/names.ts';
import { connectionSettings, followConnections, type Patience, requireHost } from './connections.ts';
import { answerPreflight, corsHeaders } from './cors.ts';
import { toAppError, writeError } from './failures.ts';
import { parseJsonBody } from './jsonBody.ts';
import { type Admitted, makeCall } from './makeCall.ts';
import { type AnyRoute, type Call, Content, empty, Json, type WireFormat } from './route.ts';
import { type Found, resolveTarget } from './target.ts';
import { closeUnusedConnections } from './unusedConnections.ts';
import { checkBody } from './validate.ts';

/** What the spine hears about every finished request. */
export interface RequestReport {
  readonly route: string;
  readonly method: string;
  readonly path: string; // of the route; for unknown addresses what was asked, without its query
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly error: unknown;
}

export interface ServeOptions {
  readonly core: Core;
  readonly formats: readonly WireFormat[];
  /** Who is calling? Throws AppError for a bad credential. */
  readonly authenticate: (request: FastifyRequest) => Principal | Promise<Principal>;
  readonly bodyLimit: number;
  readonly trustProxyHops: number;
  readonly corsOrigins: readonly string[];
  /** Secure cookies: the instance is reached over TLS. */
  readonly secureCookies: boolean;
  readonly report: (report: RequestReport) => void;
  readonly patience?: Patience | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    admitted: Admitted | undefined;
    failure: unknown;
  }
}

const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

function refuseMissingCredential(route: AnyRoute): AppError {
  const message =
    route.access.kind === 'instance' && route.access.principals.length === 1
      ? 'Unauthorized'
      : 'Authentication required - Invalid token';
  return new AppError('AUTHENTICATION_REQUIRED', message);
}

function checkPrincipalKind(route: AnyRoute, principal: Principal): void {
  if (route.access.kind === 'public') return;
  if (route.access.principals.includes(principal.kind)) return;
  if (principal.kind === 'anonymous') throw refuseMissingCredential(route);
  throw new AppError('API_TOKEN_NOT_ALLOWED', 'This request is not allowed with API token');
}

function checkRight(route: AnyRoute, principal: Principal, found: Found): void {
  const { access } = route;
  if (access.kind === 'instance') requireInstanceRight(principal, access.verb);
  else if (access.kind === 'base') {
    if (found.base === undefined)
      throw new Error(`route ${route.id} asks for a base right but resolves no base`);
    requireBaseRight(principal, access.verb, found.base);
  }
}

/** What was asked for, as much of it as messages and logs need. */
const pathAsked = (request: FastifyRequest): string => (request.url.split('?', 1)[0] ?? '').slice(0, 300);

/** Who, where, may they? All before a byte of the body is read. */
async function admit(
  options: ServeOptions,
  names: Names,
  route: AnyRoute,
  request: FastifyRequest,
): Promise<void> {
  const principal = await options.authenticate(request);
  checkPrincipalKind(route, principal);
  const params = request.params as Record<string, string>;
  const found = await resolveTarget(route, options.core, names, params, principal);
  checkRight(route, principal, found);
  request.admitted = { principal, found };
}

function send(reply: FastifyReply, output: unknown): FastifyReply {
  if (output instanceof Json) return reply.type('application/json; charset=utf-8').send(output.bytes);
  if (output === empty) return reply.send('');
  if (output instanceof Content) return reply.type(output.type).send(output.data);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(output));
}

async function answer(
  options: ServeOptions,
  names: Names,
  route: AnyRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const admitted = request.admitted;
  if (admitted === undefined) throw new Error('a request came past admission');
  // No body is an empty object; the handler must see what was checked.
  if (route.body !== undefined) {
    if (request.body === undefined) request.body = {};
    checkBody(route.body, request.body);
  }
  if (route.status !== undefined) reply.code(route.status);
  const recheck = (): Promise<void> => admit(options, names, route, request);
  const call = makeCall(options, request, reply, admitted, recheck);
  return send(reply, await route.run(call as Call<never>));
}

function addRoutes(
  app: FastifyInstance,
  options: ServeOptions,
  names: Names,
  routes: readonly AnyRoute[],
): void {
  for (const route of routes) {
    for (const url of route.paths) {
      app.route({
        method: route.alsoHead === true ? [route.method, 'HEAD'] : route.method,
        url,
        config: { routeId: route.id },
        onRequest: (request) => admit(options, names, route, request),
        handler: (request, reply) => answer(options, names, route, request, reply),
      });
    }
  }
}

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function streamBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** Builds the HTTP server from the route lists. Nothing listens yet. */
export function createServer(options: ServeOptions): FastifyInstance {
  let requests = 0;
  const run = Math.floor(options.core.clock().getTime() / 1000).toString(36);
  const settings: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: options.bodyLimit,
    trustProxy: options.trustProxyHops === 0 ? false : (_address, hop) => hop < options.trustProxyHops,
    genReqId: () => {
      requests += 1;
      return `${run}-${requests.toString(36)}`;
    },
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 2000 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    ...connectionSettings(options.patience),
    frameworkErrors: (error, request, reply) => {
      reply.headers(apiHeaders);
      writeError(options.formats, toAppError(error), request as FastifyRequest, reply as FastifyReply);
    },
  };
  const app = fastify(settings);
  followConnections(app.server);
  closeUnusedConnections(app);
  const names = createNames(options.core.stores.bases, options.core.snapshot, options.core.invalidations);
  app.decorateRequest('admitted', undefined);
  app.decorateRequest('failure', undefined);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(apiHeaders);
    reply.header('x-request-id', request.id);
    corsHeaders(options.corsOrigins, request, reply);
    requireHost(request.raw);
  });
  app.addHook('onResponse', async (request, reply) => {
    options.report({
      route: (request.routeOptions.config as { routeId?: string }).routeId ?? 'unknown',
      method: request.method,
      // The pattern, not the address: addresses hold ids, and some hold one-time links.
      path: request.routeOptions.url ?? pathAsked(request),
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      requestId: request.id,
      error: request.failure,
    });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    request.failure = error;
    return writeError(options.formats, toAppError(error), request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'OPTIONS') return answerPreflight(options.corsOrigins, request, reply);
    const message = `Cannot ${request.method} ${pathAsked(request)}`;
    return writeError(options.formats, new AppError('ROUTE_NOT_FOUND', message), request, reply);
  });

  const routes = options.formats.flatMap((format) => format.routes);
  app.register(async (scope) => {
    readBodies(scope);
    addRoutes(
      scope,
      options,
      names,
      routes.filter((route) => route.bodyKind !== 'stream'),
    );
  });
  app.register(async (scope) => {
    streamBodies(scope);
    addRoutes(
      scope,
      options,
      names,
      routes.filter((route) => route.bodyKind === 'stream'),
    );
  });
  return app;
}
