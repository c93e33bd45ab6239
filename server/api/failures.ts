import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { flatErrorBody } from './parts/errorBody.ts';
import type { WireFormat } from './route.ts';
import { statuses } from './statuses.ts';

const unexpected =
  "Something didn't work as expected. Please try again. If the problem persists, contact support.";

/** Failures of the HTTP framework in our words, by its code. */
const frameworkErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The request body is too large; send less at once'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'UNSUPPORTED_MEDIA_TYPE',
    'The request body must be JSON: send the header content-type: application/json',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'BAD_REQUEST',
    'The request body does not have the length its header says',
  ],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The address holds a broken percent escape'],
  FST_ERR_ASYNC_CONSTRAINT: ['BAD_REQUEST', 'The request cannot be routed'],
  FST_ERR_MAX_PARAM_LENGTH: ['BAD_REQUEST', 'A part of the address is too long'],
};

/** Any failure as an error users may see; the original stays in `cause` for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : frameworkErrors[code];
  if (known !== undefined) return new AppError(known[0], known[1], undefined, error);
  if (code?.startsWith('FST_') && statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('BAD_REQUEST', 'The request cannot be understood', undefined, error);
  }
  return new AppError('INTERNAL', unexpected, undefined, error);
}

const futureVersion = /^\/api\/v(?:[4-9]|\d{2,})(?:\/|$)/i;

/** Writes an error in the format of the version the path belongs to. */
export function writeError(
  formats: readonly WireFormat[],
  error: AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '';
  if (error.code === 'ROUTE_NOT_FOUND' && futureVersion.test(path)) {
    return reply.code(404).send({ error: 'INVALID_API_VERSION', message: 'API version unsupported' });
  }
  const status = statuses[error.code];
  const format = formats.find((candidate) => path.toLowerCase().startsWith(candidate.prefix));
  const encode = format?.encodeError ?? flatErrorBody;
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="api", error="invalid_token"');
  if (status === 429 && typeof error.details?.retryAfter === 'number') {
    reply.header('retry-after', String(Math.ceil(error.details.retryAfter)));
  }
  const body = encode({ code: error.code, status, message: error.message, details: error.details });
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}
