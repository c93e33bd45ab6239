import { createHash } from 'node:crypto';
import type { Base } from '../../core/model.ts';
import type { WireFormat } from '../route.ts';
import { type BaseDocumentOptions, describeBase } from './describeBase.ts';

/** A document ready to be sent. */
export interface RenderedDocument {
  readonly bytes: Buffer;
  /** With its quotes. */
  readonly etag: string;
}

export function render(document: unknown): RenderedDocument {
  const bytes = Buffer.from(JSON.stringify(document));
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

/** By base, then by format and what the caller may use. A schema change makes a new base. */
const rendered = new WeakMap<Base, Map<string, RenderedDocument>>();

/** The document of a base, made once for everybody who may use the same routes. */
export function renderBase(format: WireFormat, base: Base, options: BaseDocumentOptions): RenderedDocument {
  const usable = format.routes.map((route) => (route.perTable === true && options.mayUse(route) ? '1' : '0'));
  const key = JSON.stringify([
    format.name,
    options.version,
    options.lists,
    options.publicUrl,
    usable.join(''),
  ]);
  let ofBase = rendered.get(base);
  if (ofBase === undefined) {
    ofBase = new Map();
    rendered.set(base, ofBase);
  }
  let document = ofBase.get(key);
  if (document === undefined) {
    document = render(describeBase(format, base, options));
    ofBase.set(key, document);
  }
  return document;
}

/** Whether `If-None-Match` names what would be sent. */
export function isUnchanged(header: string | string[] | undefined, etag: string): boolean {
  const given = Array.isArray(header) ? header.join(',') : (header ?? '');
  return given.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
