import type { Access, AnyRoute } from '../route.ts';
import type { JsonSchema, Operation, Parameter, Reference, Response } from './document.ts';
import { errorReferences } from './errors.ts';
import { describeParameter } from './paths.ts';
import { anyRecord, type FillRecord, isEmptyReply, mediaTypeOf, prepareFill } from './schemas.ts';

/** Keeps a query parameter where several operations can point to it. */
export type ShareParameter = (parameter: Parameter) => Parameter | Reference;

/** What differs from one operation of a route to the next. */
export interface OperationContext {
  readonly operationId: string;
  readonly tags: readonly string[];
  /** Parameters of the path that no literal stands for. */
  readonly pathParameters: readonly string[];
  readonly pathSchema: (name: string) => JsonSchema;
  readonly fill: FillRecord;
}

/** A route that becomes many operations: what they have in common is made once. */
export type DescribeOperation = (context: OperationContext) => Operation;

/** Headers that carry a credential; any one of them suffices. */
export const everyCredential = [{ xcToken: [] }, { xcAuth: [] }, { bearerAuth: [] }] as const;
const sessionCredential = [{ xcAuth: [] }] as const;

function securityOf(access: Access): Operation['security'] {
  if (access.kind === 'public') return [];
  return access.principals.includes('token') ? undefined : sessionCredential;
}

function whoMay(access: Access): string {
  if (access.kind === 'public') return 'Open to everyone.';
  const who = access.principals.includes('token')
    ? ''
    : ' An API token may not: it takes a session (`xc-auth`).';
  return `Needs the right \`${access.verb}\`.${who}`;
}

const describePathParameter = (name: string, schema: JsonSchema): Parameter => ({
  name,
  in: 'path',
  required: true,
  description: describeParameter(name),
  schema,
});

function queryOf(route: AnyRoute, share: ShareParameter): (Parameter | Reference)[] {
  return Object.entries(route.query ?? {}).map(([name, { schema, description }]) =>
    share({ name, in: 'query', required: false, description, schema: prepareFill(schema)(anyRecord) }),
  );
}

type Filled<T> = (fill: FillRecord) => T;

function bodyOf(route: AnyRoute): Filled<Operation['requestBody']> {
  const fillSchema = prepareFill(route.body ?? {});
  if (route.bodyKind === 'stream') {
    return (fill) => ({
      required: true,
      content: {
        'multipart/form-data': { schema: fillSchema(fill) },
        'application/octet-stream': { schema: {} },
      },
    });
  }
  if (route.body === undefined) return () => undefined;
  return (fill) => ({ required: true, content: { 'application/json': { schema: fillSchema(fill) } } });
}

function successOf(route: AnyRoute): Filled<Response> {
  const reply = route.reply as JsonSchema;
  if (isEmptyReply(reply)) return () => ({ description: 'Done.' });
  const fillSchema = prepareFill(reply);
  const description = typeof reply.description === 'string' ? reply.description : 'Done.';
  const mediaType = mediaTypeOf(reply);
  return (fill) => ({ description, content: { [mediaType]: { schema: fillSchema(fill) } } });
}

/** Gets a route ready to be described, once or for every table. */
export function prepareOperation(route: AnyRoute, share: ShareParameter): DescribeOperation {
  const query = queryOf(route, share);
  const fillBody = bodyOf(route);
  const fillSuccess = successOf(route);
  const security = securityOf(route.access);
  const description = whoMay(route.access);
  const otherResponses = {
    ...Object.fromEntries(
      Object.entries(route.otherReplies ?? {}).map(([status, text]) => [status, { description: text }]),
    ),
    ...errorReferences(route),
  };
  return ({ operationId, tags, pathParameters, pathSchema, fill }) => {
    const inPath = pathParameters.map((name) => describePathParameter(name, pathSchema(name)));
    const requestBody = fillBody(fill);
    return {
      operationId,
      summary: route.summary,
      description,
      tags,
      ...(inPath.length + query.length === 0 ? {} : { parameters: [...inPath, ...query] }),
      ...(requestBody === undefined ? {} : { requestBody }),
      responses: { [String(route.status ?? 200)]: fillSuccess(fill), ...otherResponses },
      ...(security === undefined ? {} : { security }),
    };
  };
}
