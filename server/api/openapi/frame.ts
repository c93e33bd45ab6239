import type { Components, JsonSchema, OpenApiDocument, Parameter, Reference } from './document.ts';
import { errorResponses, errorSchemas } from './errors.ts';
import { everyCredential } from './operation.ts';

/** What every document has besides its paths. */

const securitySchemes: Components['securitySchemes'] = {
  xcToken: {
    type: 'apiKey',
    in: 'header',
    name: 'xc-token',
    description: 'An API token. It lasts until it is deleted, unless its maker chose an expiry.',
  },
  xcAuth: {
    type: 'apiKey',
    in: 'header',
    name: 'xc-auth',
    description:
      'The auth token of a signed-in session (a JWT). It ends with the session; for programs prefer an API token.',
  },
  bearerAuth: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token as `Authorization: Bearer <token>`.',
  },
};

const tokens = `## Credentials

Send one of these headers with every request:

- \`xc-token\`: an **API token**. Make one under *Account Settings → Tokens*, or under *Team & Settings → API Tokens Management* for a token that opens this base only. A deleted token stops working at once, everywhere.
- \`xc-auth\`: the **auth token** of your session (*Copy Auth Token* in the user menu). It ends when you sign out.
- \`Authorization: Bearer <API token>\`: the same as \`xc-token\`.

A token may do what its owner may do, and no more. Credentials never belong into the address.

## Errors

A refusal has status 4xx, changed nothing, and says in \`message\` (and \`msg\`) what is wrong and what to do; \`error\` is a word for programs. 401: no valid credential; 403: the right is missing; 404: not found; 422: an invalid value or filter; 429: too many requests.`;

const filters = `

## Filters

\`where=(Field,operator,value)\`, joined with \`~and\`, \`~or\`, \`~not\` and parentheses, e.g. \`(Price,gt,5)~and((Name,like,tea)~or(Name,like,coffee))\`. Begin with \`@\` to quote names and values: \`@("My field",eq,"a, b")\`.`;

const defaultHost = 'localhost:8080';

/** The page's own server first, so that the document works behind any proxy; then one to choose. */
function servers(publicUrl: string | null): OpenApiDocument['servers'] {
  const address = publicUrl === null ? undefined : new URL(publicUrl);
  return [
    { url: '/', description: 'The server this document came from' },
    {
      url: '{scheme}://{host}',
      description: 'Another address of this instance',
      variables: {
        scheme: { enum: ['https', 'http'], default: address?.protocol === 'http:' ? 'http' : 'https' },
        host: { default: address?.host ?? defaultHost, description: 'Name and port.' },
      },
    },
  ];
}

export interface FrameOptions {
  readonly title: string;
  readonly version: string;
  readonly publicUrl: string | null;
  /** Whether the routes are about records. */
  readonly records: boolean;
}

export function describeFrame(options: FrameOptions): Omit<OpenApiDocument, 'paths' | 'tags' | 'components'> {
  return {
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: options.version,
      description: options.records ? tokens + filters : tokens,
    },
    servers: servers(options.publicUrl),
    security: everyCredential,
  };
}

export function describeComponents(
  schemas: Readonly<Record<string, JsonSchema>>,
  parameters: Readonly<Record<string, Parameter>> = {},
): Components {
  return {
    schemas: { ...errorSchemas, ...schemas },
    responses: errorResponses,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    securitySchemes,
  };
}

/** Query parameters that operations share, kept once under a name each. */
export interface ParameterShelf {
  readonly share: (parameter: Parameter) => Reference;
  readonly all: Record<string, Parameter>;
}

export function createParameterShelf(): ParameterShelf {
  const all: Record<string, Parameter> = Object.create(null);
  const names = new Map<string, string>();
  return {
    all,
    share(parameter) {
      const text = JSON.stringify(parameter);
      let name = names.get(text);
      if (name === undefined) {
        const plain = parameter.name.replace(/[^A-Za-z0-9._-]+/g, '_');
        name = plain;
        for (let i = 2; name in all; i += 1) name = `${plain}${i}`;
        names.set(text, name);
        all[name] = parameter;
      }
      return { $ref: `#/components/parameters/${name}` };
    },
  };
}
