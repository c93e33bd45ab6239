import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../support/app.ts';

let web = '';
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'rowgate-web-'));
  await writeFile(join(web, 'index.html'), '<!doctype html><title>Rowgate</title>');
});
afterAll(() => rm(web, { recursive: true, force: true }));

async function makeLink(
  env: Record<string, string>,
): Promise<{ url: string; secret: string; status: number }> {
  const app = await startApp({ env });
  const { jwt, userId } = await app.signUp();
  const path = `/api/v1/users/${userId}/generate-reset-url`;
  const { body } = await app.inject({ method: 'POST', path, jwt });
  const secret: string = body.reset_password_token;
  const validate = `/api/v2/auth/token/validate/${secret}`;
  const { status } = await app.inject({ method: 'POST', path: validate });
  await app.close();
  return { url: body.reset_password_url, secret, status };
}

test('with the interface, a reset link opens its page and keeps the secret in the fragment', async () => {
  const { url, secret, status } = await makeLink({
    ROWGATE_INTERNAL_WEB: web,
    NC_PUBLIC_URL: 'https://data.example.org',
  });
  expect(url).toBe(`https://data.example.org/#/reset/${secret}`);
  expect(status).toBe(200);
});

test('without the interface, a reset link opens the plain page', async () => {
  const { url, secret } = await makeLink({});
  expect(url).toBe(`/auth/password/reset/${secret}`);
});
