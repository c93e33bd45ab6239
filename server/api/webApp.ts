import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { Type } from 'typebox';
import { notFound } from '../core/errors.ts';
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
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface WebFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Undefined where compressing saves nothing. */
  readonly brotli: Buffer | undefined;
  readonly etag: string;
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

function readFile(path: string): WebFile {
  const bytes = readFileSync(path);
  const type = types[extname(path)] ?? 'application/octet-stream';
  const compressible = /text|svg/.test(type) && bytes.length > 1024;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  return {
    type,
    bytes,
    brotli: compressible ? brotliCompressSync(bytes, quality) : undefined,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}

/** Files of a folder, read at their first use; only names that the folder has. */
function openFolder(folder: string): (name: string) => WebFile | undefined {
  const names = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')),
  );
  const files = new Map<string, WebFile>();
  return (name) => {
    if (!names.has(name) || extname(name) === '') return undefined;
    const file = files.get(name) ?? readFile(join(folder, name));
    files.set(name, file);
    return file;
  };
}

function sendFile(call: Call, file: WebFile, cache: string): unknown {
  call.setHeader('cache-control', cache);
  call.setHeader('etag', file.etag);
  call.setHeader('vary', 'accept-encoding');
  if (call.headers['if-none-match'] === file.etag) {
    call.setStatus(304);
    return empty;
  }
  if (file.brotli === undefined || !String(call.headers['accept-encoding'] ?? '').includes('br')) {
    return new Content(file.type, file.bytes);
  }
  call.setHeader('content-encoding', 'br');
  return new Content(file.type, file.brotli);
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
      otherReplies: unchanged,
      run: (call) => {
        const page = find('index.html');
        if (page === undefined) throw notFound('View', 'index.html');
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
      otherReplies: unchanged,
      run: (call) => {
        const name = call.params.file ?? '';
        const file = find(`assets/${name}`);
        if (file === undefined) throw notFound('View', name);
        return sendFile(call, file, 'public, max-age=31536000, immutable'); // the name holds a hash
      },
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
      otherReplies: unchanged,
      run: (call) => {
        const file = find('icon.svg');
        if (file === undefined) throw notFound('View', 'icon.svg');
        return sendFile(call, file, 'public, max-age=86400');
      },
    }),
  ];
}
