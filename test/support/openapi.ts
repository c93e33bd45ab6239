import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { formats } from '../../server/api/index.ts';
import { instanceRoutes } from '../../server/api/instance.ts';
import { describeInstance } from '../../server/api/openapi/describeInstance.ts';
import type { OpenApiDocument } from '../../server/api/openapi/document.ts';
import { toTemplate } from '../../server/api/openapi/paths.ts';
import type { AnyRoute } from '../../server/api/route.ts';

/** Every answer of the tests is held against what the documents say. */

interface DocumentedRoute {
  readonly route: AnyRoute;
  readonly pattern: RegExp;
  /** More fixed segments first, as routers do. */
  readonly rank: string;
}

const allFormats = formats({
  instance: instanceRoutes({
    version: '0.0.0',
    startedAt: 0,
    checkReady: () => undefined,
    renderMetrics: async () => ({ type: 'text/plain', text: '' }),
    metricsToken: undefined,
  }),
});

/** The document of all routes, as an instance without public address answers it. */
export const instanceDocument: OpenApiDocument = describeInstance(allFormats, { publicUrl: null });

/** Every route there is. */
export const allRoutes: readonly AnyRoute[] = allFormats.flatMap((format) => format.routes);

/** Whether an answer comes to an end by itself: a stream of events does not. */
export const answerEnds = ({ reply }: AnyRoute): boolean =>
  (reply as { contentMediaType?: string }).contentMediaType !== 'text/event-stream';

function patternOf(routerPath: string): Omit<DocumentedRoute, 'route'> {
  const { path } = toTemplate(routerPath);
  const segments = path.split('/').map((segment) =>
    segment === '{rest}' && routerPath.endsWith('*')
      ? '.*'
      : segment
          .split(/(\{[^}]*\})/)
          .map((piece) => (piece.startsWith('{') ? '[^/]+' : piece.replace(/[.*+?^$()|[\]\\]/g, '\\$&')))
          .join(''),
  );
  return {
    pattern: new RegExp(`^${segments.join('/')}/?$`, 'i'),
    rank: path
      .split('/')
      .map((segment) => (segment.includes('{') ? '1' : '0'))
      .join(''),
  };
}

const documented: readonly DocumentedRoute[] = allFormats
  .flatMap((format) => format.routes)
  .flatMap((route) => route.paths.map((path) => ({ route, ...patternOf(path) })))
  .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));

/** The route that answers, or undefined: nothing is documented for addresses that are no route. */
export function findDocumentedRoute(method: string, path: string): AnyRoute | undefined {
  const plain = path.split('?', 1)[0] ?? '';
  return documented.find(({ route, pattern }) => route.method === method && pattern.test(plain))?.route;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...instanceDocument, $id: 'https://document.example/' });
const validators = new Map<string, ValidateFunction>();

const escapePointer = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

function validatorAt(pointer: string): ValidateFunction {
  let validate = validators.get(pointer);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `https://document.example/#${encodeURI(pointer)}` });
    validators.set(pointer, validate);
  }
  return validate;
}

interface Place {
  readonly path: string;
  readonly method: string;
}

function placeOf(route: AnyRoute): Place {
  const method = route.method.toLowerCase();
  for (const [path, item] of Object.entries(instanceDocument.paths)) {
    if (item[method]?.operationId === route.id) return { path, method };
  }
  throw new Error(`route ${route.id} is not in the document`);
}

/**
 * Fails when a route answers with a status it does not document, or with a body
 * that does not match the documented schema. Addresses that are no route (and
 * methods Rowgate does not route) pass: nothing is documented for them.
 */
export function checkResponse(method: string, path: string, status: number, body: unknown): void {
  const route = findDocumentedRoute(method, path);
  if (route === undefined) return;
  const place = placeOf(route);
  const responses = instanceDocument.paths[place.path]?.[place.method]?.responses ?? {};
  const what = `${method} ${path} (${route.id}) answered ${status}`;
  const response = responses[String(status)];
  if (response === undefined) {
    throw new Error(
      `${what}, which is not documented; documented are ${Object.keys(responses).join(', ')}. Body: ${show(body)}`,
    );
  }
  const pointer =
    '$ref' in response
      ? response.$ref.slice(1)
      : `/paths/${escapePointer(place.path)}/${place.method}/responses/${status}`;
  const content =
    '$ref' in response
      ? instanceDocument.components.responses[response.$ref.split('/').at(-1) ?? '']?.content
      : response.content;
  if (content?.['application/json'] === undefined) return;
  if (body === undefined) throw new Error(`${what} without the documented JSON body`);
  const validate = validatorAt(`${pointer}/content/${escapePointer('application/json')}/schema`);
  if (validate(body)) return;
  const problems = (validate.errors ?? [])
    .slice(0, 10)
    .map((e) => `  ${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
  throw new Error(
    `${what} with a body that is not as documented:\n${problems.join('\n')}\nBody: ${show(body)}`,
  );
}

const show = (body: unknown): string => (JSON.stringify(body) ?? String(body)).slice(0, 2000);
