import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';
import { makeFolder } from '../support/folder.ts';
import { createBase } from '../support/importing.ts';

const page = '<!doctype html><title>Interface</title>';
const script = `console.log(1);\n${'// filler\n'.repeat(500)}`;
const folder = makeFolder();
let app: TestApp;
beforeAll(async () => {
  const web = join(folder.path, 'web');
  mkdirSync(join(web, 'assets', 'deep.d'), { recursive: true });
  writeFileSync(join(web, 'index.html'), page);
  writeFileSync(join(web, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  for (const [name, content] of Object.entries({
    'main-abc.js': script,
    'small.js': '1',
    'main.css': 'a{}',
    'font.woff2': 'wOF2',
    'logo.png': 'png',
    'data.json': '{}',
    plain: 'x',
  })) {
    writeFileSync(join(web, 'assets', name), content);
  }
  writeFileSync(join(folder.path, 'secret.txt'), 'outside');
  app = await startApp({ env: { ROWGATE_INTERNAL_WEB: web } });
});
afterAll(() => folder.remove());

const ask = (path: string, headers: Record<string, string> = {}, method: TestRequest['method'] = 'GET') =>
  app.inject({ method, path, headers, documented: false });

describe('the page', () => {
  it.each(['/', '/dashboard'])(
    'stands at %s, guarded by a policy that allows no foreign script',
    async (path) => {
      const answer = await ask(path);
      expect(answer).toMatchObject({ status: 200, text: page });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      });
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:|\*/);
    },
  );

  it('is not sent again while it is the same', async () => {
    const etag = String((await ask('/')).headers.etag);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await ask('/', { 'if-none-match': known });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect(again.headers.etag).toBe(etag);
    }
    expect((await ask('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is no part of the documents of a base', async () => {
    const { jwt } = await app.signUp();
    const base = await createBase(app, jwt);
    const { body } = await app.inject({
      method: 'GET',
      path: `/api/v2/meta/bases/${base}/swagger.json`,
      jwt,
    });
    expect(Object.keys(body.paths).filter((path) => !path.startsWith('/api/'))).toEqual([]);
  });

  it('does not hide the API: unknown addresses stay 404', async () => {
    for (const path of ['/nope', '/api/v2/nope', '/index.html', '/assets', '/assets/']) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('<');
    }
  });
});

describe('assets', () => {
  it.each([
    ['/assets/main-abc.js', 'text/javascript; charset=utf-8'],
    ['/assets/main.css', 'text/css; charset=utf-8'],
    ['/assets/font.woff2', 'font/woff2'],
    ['/assets/logo.png', 'image/png'],
    ['/assets/data.json', 'application/json; charset=utf-8'],
    ['/assets/plain', 'application/octet-stream'],
    ['/icon.svg', 'image/svg+xml'],
  ])('%s is %s', async (path, type) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
  });

  it('may be kept for ever, the icon for a day', async () => {
    expect((await ask('/assets/main-abc.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await ask('/icon.svg')).headers['cache-control']).toBe('public, max-age=86400');
  });

  it('come compressed to who takes it, each form with a tag of its own', async () => {
    const plain = await ask('/assets/main-abc.js');
    expect(plain).toMatchObject({ text: script });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await ask('/assets/main-abc.js', { 'accept-encoding': 'gzip, br;q=0.5' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotliDecompressSync(packed.bytes).toString()).toBe(script);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    for (const header of ['gzip', 'br;q=0', 'br; q=0.0', 'abr, brx']) {
      const answer = await ask('/assets/main-abc.js', { 'accept-encoding': header });
      expect(answer.headers['content-encoding'], header).toBeUndefined();
    }
    const small = await ask('/assets/small.js', { 'accept-encoding': 'br' });
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it.each([
    'nothing.js',
    'deep.d',
    '..%2findex.html',
    '..%2f..%2fsecret.txt',
    '%2e%2e%2findex.html',
    '..%5cindex.html',
    '....%2f%2findex.html',
    '%2fetc%2fpasswd',
    'main-abc.js%00',
    'main-abc.js%00.css',
    '__proto__',
    'x'.repeat(500),
  ])('%s is not found, and nothing outside is read', async (name) => {
    const answer = await ask(`/assets/${name}`);
    expect(answer.status).toBe(404);
    expect(answer.body.error).toBe('ERR_GENERIC_NOT_FOUND');
    expect(answer.text).not.toContain(folder.path);
  });
});

describe('HEAD', () => {
  it.each(['/', '/assets/main-abc.js', '/icon.svg'])('of %s has the headers and no body', async (path) => {
    const [get, head] = [await ask(path), await ask(path, {}, 'HEAD')];
    expect(head).toMatchObject({ status: 200, text: '' });
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      expect(head.headers[name], name).toBe(get.headers[name]);
    }
  });

  it('of an unknown asset is 404', async () => {
    expect((await ask('/assets/nope.js', {}, 'HEAD')).status).toBe(404);
  });
});
