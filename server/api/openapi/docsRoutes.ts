import { Type } from 'typebox';
import { mayInBase } from '../../core/access.ts';
import { AppError } from '../../core/errors.ts';
import type { Base, Principal } from '../../core/model.ts';
import {
  type AnyRoute,
  anyone,
  type Call,
  Content,
  empty,
  inBase,
  Json,
  route,
  type WireFormat,
} from '../route.ts';
import { findAsset } from './assets.ts';
import { apiDocsPage, assetPath, pagePolicy } from './page.ts';
import { isUnchanged, type RenderedDocument, renderBase } from './render.ts';

/** An OpenAPI document; its shape is OpenAPI's own affair. */
export const documentReply = Type.Object(
  {
    openapi: Type.Literal('3.1.0'),
    info: Type.Object({ title: Type.String(), version: Type.String() }),
    paths: Type.Record(Type.String(), Type.Unknown()),
  },
  { description: 'An OpenAPI 3.1 document.' },
);

export const notModified = { 304: 'Not changed since the `ETag` that `If-None-Match` names.' } as const;

/** Sends a document, or 304 to whom has it already. */
export function sendDocument(call: Call, document: RenderedDocument): unknown {
  call.setHeader('etag', document.etag);
  call.setHeader('cache-control', 'private, no-cache');
  call.setHeader('vary', 'xc-token, xc-auth, authorization');
  if (!isUnchanged(call.headers['if-none-match'], document.etag)) return new Json(document.bytes);
  call.setStatus(304);
  return empty;
}

/** Whether somebody may use a route on a base. */
const mayUse = (principal: Principal, base: Base) => (candidate: AnyRoute) =>
  candidate.access.kind === 'public' ||
  (candidate.access.principals.includes(principal.kind) &&
    candidate.access.kind === 'base' &&
    mayInBase(principal, candidate.access.verb, base));

export interface DocsOptions {
  /** Begins the ids of the routes. */
  readonly name: string;
  /** The format's version number in its documents. */
  readonly version: string;
  /** Path of a base in this format, with `:baseId`. */
  readonly basePath: string;
  /** The format the routes belong to; asked when a document is made. */
  readonly format: () => WireFormat;
}

/** `swagger.json` of a base, and the page that shows it. */
export function docsRoutes(options: DocsOptions): readonly AnyRoute[] {
  const { name, basePath } = options;
  return [
    route({
      id: `${name}-base-swagger-json`,
      method: 'GET',
      paths: [`${basePath}/swagger.json`],
      summary: 'The OpenAPI document of a base: its tables, and what the caller may do with them',
      tag: 'API docs',
      access: inBase('swaggerJson'),
      target: 'base',
      reply: documentReply,
      otherReplies: notModified,
      run: (call) => {
        const { base } = call.target;
        const document = renderBase(options.format(), base, {
          version: options.version,
          publicUrl: call.core.settings.publicUrl,
          lists: 'text',
          mayUse: mayUse(call.caller.principal, base),
        });
        return sendDocument(call, document);
      },
    }),
    route({
      id: `${name}-base-swagger-page`,
      method: 'GET',
      paths: [`${basePath}/swagger`, `${basePath}/redoc`],
      summary: 'The API docs of a base as a page; it asks for a credential',
      tag: 'API docs',
      access: anyone,
      target: 'base',
      reply: Type.String({ contentMediaType: 'text/html' }),
      run: async (call) => {
        call.setHeader('content-security-policy', pagePolicy);
        return new Content('text/html; charset=utf-8', await apiDocsPage());
      },
    }),
  ];
}

const year = 365 * 24 * 60 * 60;

async function sendAsset(call: Call): Promise<unknown> {
  const name = call.params.file ?? '';
  const asset = await findAsset(name);
  if (asset === undefined) throw new AppError('ROUTE_NOT_FOUND', `Cannot GET ${assetPath}${name}`);
  const etag = `"${asset.hash}"`;
  const named = call.query.v === asset.hash; // this address never means another content
  call.setHeader('etag', etag);
  call.setHeader('cache-control', named ? `public, max-age=${year}, immutable` : 'public, no-cache');
  call.setHeader('vary', 'accept-encoding');
  if (isUnchanged(call.headers['if-none-match'], etag)) {
    call.setStatus(304);
    return empty;
  }
  const accepted = String(call.headers['accept-encoding'] ?? '');
  if (asset.gzipped === undefined || !/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(accepted)) {
    return new Content(asset.type, asset.bytes);
  }
  call.setHeader('content-encoding', 'gzip');
  return new Content(asset.type, asset.gzipped);
}

/** The files of the page. */
export const assetRoutes: readonly AnyRoute[] = [
  route({
    id: 'api-docs-asset',
    method: 'GET',
    paths: [`${assetPath}:file`],
    summary: 'A file of the API docs page',
    tag: 'API docs',
    access: anyone,
    target: 'none',
    reply: Type.String({ contentMediaType: 'text/javascript' }),
    otherReplies: notModified,
    run: sendAsset,
  }),
];
