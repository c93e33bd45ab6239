import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { Type } from 'typebox';
import { AppError } from '../core/errors.ts';
import { type AnyRoute, anyone, type Call, Content, empty, route } from './route.ts';

/**
 * The interface: files of a build, read once at the start and served from
 * memory. Addresses inside the interface stand behind `#`, so the server knows
 * one page and its assets only.
 */

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** A file as it is sent in one encoding. */
interface Encoded {
  readonly bytes: Buffer;
  readonly etag: string;
}

interface WebFile {
  readonly type: string;
  readonly plain: Encoded;
  /** Undefined where compressing saves nothing. */
  readonly brotli: Encoded | undefined;
}

/** Scripts only from here, styles also inline (components set sizes so), no frames, no other host. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function encoded(bytes: Buffer): Encoded {
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

function readFile(path: string): WebFile {
  const bytes = readFileSync(path);
  const type = types[extname(path)] ?? 'application/octet-stream';
  const compressible = /text|svg|json/.test(type) && bytes.length > 1024;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  return {
    type,
    plain: encoded(bytes),
    brotli: compressible ? encoded(brotliCompressSync(bytes, quality)) : undefined,
  };
}

type FindFile = (name: string) => WebFile | undefined;

/** Files of a folder, read at their first use; only names that the folder had at the start. */
function openFolder(folder: string): FindFile {
  const names = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  const files = new Map<string, WebFile>();
  return (name) => {
    if (!names.has(name)) return undefined;
    const file = files.get(name) ?? readFile(join(folder, name));
    files.set(name, file);
    return file;
  };
}

/** Whether `accept-encoding` takes Brotli: named, and not with `q=0`. */
function takesBrotli(header: string): boolean {
  const [, weight] = /(?:^|,)\s*br\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i.exec(header) ?? [undefined, '0'];
  return weight === undefined || Number(weight) > 0;
}

/** Whether `if-none-match` names the file as it would be sent. */
const isKnown = (header: string, etag: string): boolean =>
  header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));

function sendFile(call: Call, file: WebFile, cache: string): unknown {
  const brotli = takesBrotli(String(call.headers['accept-encoding'] ?? '')) ? file.brotli : undefined;
  const { bytes, etag } = brotli ?? file.plain;
  call.setHeader('cache-control', cache);
  call.setHeader('etag', etag);
  call.setHeader('vary', 'accept-encoding');
  if (isKnown(String(call.headers['if-none-match'] ?? ''), etag)) {
    call.setStatus(304);
    return empty;
  }
  if (brotli !== undefined) call.setHeader('content-encoding', 'br');
  return new Content(file.type, bytes);
}

function requireFile(find: FindFile, name: string): WebFile {
  const file = find(name);
  if (file !== undefined) return file;
  throw new AppError('GENERIC_NOT_FOUND', `File '${name.slice(0, 100).toWellFormed()}' not found`);
}

/** Routes of the interface; none when it was not built, then the plain page of instance.ts stays. */
export function webRoutes(folder: string): readonly AnyRoute[] {
  const find = openFolder(folder);
  const unchanged = { 304: 'Not changed since the `ETag` that `If-None-Match` names.' };
  return [
    route({
      id: 'web-page',
      method: 'GET',
      paths: ['/', '/dashboard'],
      summary: 'The interface',
      tag: 'Interface',
      access: anyone,
      target: 'none',
      reply: Type.String({ contentMediaType: 'text/html' }),
      alsoHead: true,
      otherReplies: unchanged,
      run: (call) => {
        const page = requireFile(find, 'index.html');
        call.setHeader('content-security-policy', policy);
        call.setHeader('cross-origin-opener-policy', 'same-origin');
        call.setHeader('referrer-policy', 'same-origin');
        return sendFile(call, page, 'no-cache');
      },
    }),
    route({
      id: 'web-asset',
      method: 'GET',
      paths: ['/assets/:file'],
      summary: 'A file of the interface',
      tag: 'Interface',
      access: anyone,
      target: 'none',
      reply: Type.String({ contentMediaType: 'application/octet-stream' }),
      alsoHead: true,
      otherReplies: unchanged,
      // the name of an asset holds a hash of what is in it
      run: (call) =>
        sendFile(
          call,
          requireFile(find, `assets/${call.params.file ?? ''}`),
          'public, max-age=31536000, immutable',
        ),
    }),
    route({
      id: 'web-icon',
      method: 'GET',
      paths: ['/icon.svg'],
      summary: 'The icon of the interface',
      tag: 'Interface',
      access: anyone,
      target: 'none',
      reply: Type.String({ contentMediaType: 'image/svg+xml' }),
      alsoHead: true,
      otherReplies: unchanged,
      run: (call) => sendFile(call, requireFile(find, 'icon.svg'), 'public, max-age=86400'),
    }),
  ];
}
