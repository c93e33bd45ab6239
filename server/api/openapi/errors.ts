import type { AnyRoute } from '../route.ts';
import type { JsonSchema, Reference, Response } from './document.ts';

/** What can go wrong on any route, documented once. */

const error: JsonSchema = {
  type: 'object',
  description: 'What is wrong, where, and what to do. Nothing was written.',
  properties: {
    error: {
      type: 'string',
      description: 'A word for programs; absent from a few answers that clients know without one.',
      examples: ['ERR_RECORD_NOT_FOUND'],
    },
    message: { type: 'string', examples: ["Record '9' not found"] },
    msg: { type: 'string', description: 'The same text as `message`.', examples: ["Record '9' not found"] },
  },
  required: ['msg'],
};

export const errorSchemas: Readonly<Record<string, JsonSchema>> = { Error: error };

const answer = (description: string, headers?: NonNullable<Response['headers']>): Response => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

const seconds = { type: 'integer', minimum: 0 };

export const errorResponses: Readonly<Record<string, Response>> = {
  BadRequest: answer('The request is not understood, or its body does not have the documented shape.'),
  Unauthorized: answer(
    'No valid credential: none was sent, or the one sent is unknown, expired, deleted or not accepted on this route.',
    { 'www-authenticate': { description: 'How to authenticate.', schema: { type: 'string' } } },
  ),
  Forbidden: answer('The credential is good, but its owner lacks the right that `missing` names.'),
  NotFound: answer(
    'What the path or a parameter names does not exist, or the credential may not know of it.',
  ),
  Conflict: answer('Somebody else changed the same thing in the meantime: read it again.'),
  TooLarge: answer('The body is larger than this instance accepts: send less at once.'),
  MediaType: answer('The body must be JSON, with the header content-type: application/json.'),
  Unprocessable: answer(
    'The request is understood but cannot be carried out: an invalid value, filter or limit.',
  ),
  TooManyRequests: answer('Too many requests: wait for the time that `retry-after` says.', {
    'retry-after': { description: 'Seconds to wait.', schema: seconds },
  }),
  Unavailable: answer('The instance is starting, stopping or too busy: try again.'),
};

const always: Readonly<Record<string, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  422: 'Unprocessable',
  429: 'TooManyRequests',
  503: 'Unavailable',
};
const writing: Readonly<Record<string, string>> = { 409: 'Conflict' };
const withBody: Readonly<Record<string, string>> = { 413: 'TooLarge', 415: 'MediaType' };

/** The errors a route may answer, by status. */
export function errorReferences(route: AnyRoute): Record<string, Reference> {
  const names = {
    ...always,
    ...(route.method === 'GET' ? {} : writing),
    ...(route.method === 'GET' && route.body === undefined ? {} : withBody),
  };
  return Object.fromEntries(
    Object.entries(names).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
