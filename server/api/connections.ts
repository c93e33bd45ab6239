import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions } from 'fastify';
import { AppError } from '../core/errors.ts';

/** What happens on a connection before there is a request to route: limits, time-outs, bytes that are no HTTP. */

/** How long the server waits for a client, in milliseconds. */
export interface Patience {
  /** Until the headers of a request are complete. */
  readonly headers: number;
  /** Until the whole request has arrived: an hour carries the largest import over a slow line. */
  readonly request: number;
  /** While nothing moves on a connection; longer than any answer takes. */
  readonly silence: number;
}

const defaultPatience: Patience = { headers: 60_000, request: 3_600_000, silence: 300_000 };

/** Longest header section: filters travel in the URL. */
const maxHeaderSize = 64 * 1024;

/** By the code of the HTTP parser. */
const refusals: Record<string, readonly [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    `The address and headers of a request may hold ${maxHeaderSize} bytes; send long filters in smaller parts`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time; send it again'],
};

function refusalText(code: string | undefined): string {
  const [status, message] = refusals[code ?? ''] ?? ['400 Bad Request', 'The request is not valid HTTP'];
  const body = JSON.stringify({ error: 'ERR_BAD_REQUEST', message, msg: message });
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The newest request of each connection. */
const newest = new WeakMap<Socket, Exchange>();

/** Broken requests, header sections that are too long, clients that are too slow. */
function answerBrokenRequest(error: { code?: string | undefined }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const before = newest.get(socket);
  const answering = before !== undefined && !before.response.writableFinished;
  const text = refusalText(error.code);
  // Complete requests came before the broken one: their answers go first, or a client takes this for one of them.
  if (answering && before.request.complete) {
    before.response.once('close', () => socket.end(text));
  } else if (answering && before.response.headersSent) {
    socket.destroy(); // the refusal would stand in the middle of an answer
  } else socket.end(text);
}

/**
 * Remembers what is under way on each connection. Closing the server ends the
 * idle ones; one that still waited for an answer ends after it, or the stop
 * would wait until its client lets go.
 */
export function followConnections(server: Server): void {
  server.on('request', (request, response) => {
    newest.set(request.socket, { request, response });
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
}

/** The settings of the HTTP server that are about connections. */
export function connectionSettings(
  patience: Patience = defaultPatience,
): Partial<FastifyHttpOptions<Server>> {
  return {
    http: {
      maxHeaderSize,
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: Math.min(patience.headers / 2, 30_000),
      requireHostHeader: false, // refused by requireHost, in our words
    },
    requestTimeout: patience.request,
    connectionTimeout: patience.silence,
    clientErrorHandler: answerBrokenRequest,
  };
}

/** Throws BAD_REQUEST for what every HTTP/1.1 request must have. */
export function requireHost(request: IncomingMessage): void {
  if (request.headers.host !== undefined || request.httpVersionMinor === 0) return;
  throw new AppError('BAD_REQUEST', 'The header host is missing');
}
