/**
 * The closed list of what can go wrong. Codes are the wire's without their
 * `ERR_` prefix; `server/api/statuses.ts` gives each its status and the
 * compiler checks that none is missing.
 */
export const errorCodes = [
  'AUTHENTICATION_REQUIRED',
  'API_TOKEN_NOT_ALLOWED',
  'BAD_CREDENTIALS',
  'FORBIDDEN',
  'BASE_NOT_FOUND',
  'SOURCE_NOT_FOUND',
  'TABLE_NOT_FOUND',
  'VIEW_NOT_FOUND',
  'FIELD_NOT_FOUND',
  'RECORD_NOT_FOUND',
  'USER_NOT_FOUND',
  'GENERIC_NOT_FOUND',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'INVALID_JSON',
  'INVALID_REQUEST_BODY',
  'BAD_REQUEST',
  'UNPROCESSABLE',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
  'MAX_PAYLOAD_LIMIT_EXCEEDED',
  'REQUIRED_FIELD_MISSING',
  'INVALID_VALUE_FOR_FIELD',
  'INVALID_CHOICE',
  'INVALID_PK_VALUE',
  'INVALID_OFFSET_VALUE',
  'INVALID_FILTER',
  'FILTER_VERIFICATION_FAILED',
  'DUPLICATE_IN_ALIAS',
  'DUPLICATE_RECORD',
  'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
  'COLUMN_OP_FAILED',
  'TABLE_OP_FAILED',
  'BASE_COLLABORATION',
  'TOKEN_LIMIT_REACHED',
  'OUT_OF_SYNC',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'DATABASE_OP_FAILED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The only error that users see. `message` says what is wrong, where, and what
 * to do; `cause` is for the log and never leaves the server. A thrown AppError
 * means that nothing was written.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** Extra members of the answer, safe for anyone who may see the message. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

export type NotFoundThing = 'Base' | 'Source' | 'Table' | 'View' | 'Field' | 'Record' | 'User';

/** The not-found family: `Table 'm1' not found`. */
export function notFound(thing: NotFoundThing, id: string): AppError {
  const code = `${thing.toUpperCase()}_NOT_FOUND` as ErrorCode;
  return new AppError(
    code,
    thing === 'User' ? `User with id '${id}' not found` : `${thing} '${id}' not found`,
  );
}
