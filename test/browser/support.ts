import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';

/**
 * The interface in a real Chromium, against a whole app. Where no Chromium is
 * found the tests are skipped, visibly; with ROWGATE_TEST_CHROMIUM=required
 * that is a failure.
 */

const wanted = process.env.ROWGATE_TEST_CHROMIUM;
const places = [wanted ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = places.find((path) => path.startsWith('/') && existsSync(path));
if (executable === undefined && wanted === 'required') {
  throw new Error('Chromium is required for the browser tests and was not found; on Debian: apt-get install chromium');
}

const webFolder = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Describes tests in a browser; skipped where there is none. */
export const describeInBrowser = describe.skipIf(executable === undefined);

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | undefined;
const contexts = new Set<BrowserContext>();

async function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error('no Chromium');
  browser ??= chromium.launch({ executablePath: executable, args: flags });
  return browser;
}

afterAll(async () => {
  for (const context of contexts) await context.close();
  contexts.clear();
  await (await browser)?.close();
  browser = undefined;
});

export interface BrowserApp {
  readonly app: TestApp;
  readonly url: string;
  /** A person at a browser of their own: no cookie is shared. */
  readonly openBrowser: (options?: BrowserOptions) => Promise<Page>;
}

export interface BrowserOptions {
  readonly locale?: 'en-US' | 'fr-FR';
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Console errors that the test provokes on purpose. */
  readonly allowErrors?: RegExp;
}

/** Whatever must never happen on any screen, gathered while a page lives. */
function watch(page: Page, origin: string, problems: string[], allowed: RegExp | undefined): void {
  page.on('console', (message) => {
    const text = message.text();
    // The browser reports every refused request itself; refusals are the business of the tests.
    if (message.type() !== 'error' || /Failed to load resource/.test(text) || allowed?.test(text)) return;
    problems.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) problems.push(`request to another host: ${url}`);
  });
}

const problems: string[] = [];

/** Fails when any page logged an error, broke the content policy or asked another host. */
export function expectNoProblems(): void {
  expect(problems.splice(0)).toEqual([]);
}

/** An app that serves the built interface, with one API token a user as by default. */
export async function startBrowserApp(env: Record<string, string> = {}): Promise<BrowserApp> {
  if (!existsSync(join(webFolder, 'index.html'))) throw new Error('The interface is not built. Run: npm run build');
  const app = await startApp({ env: { ROWGATE_INTERNAL_WEB: webFolder, ROWGATE_TOKENS_PER_USER: '1', ...env } });
  const url = (await app.listen()).replace('127.0.0.1', 'localhost');
  return {
    app,
    url,
    async openBrowser(options = {}) {
      const context = await (await launch()).newContext({
        baseURL: url,
        locale: options.locale ?? 'en-US',
        timezoneId: 'UTC',
        viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
        colorScheme: options.dark === true ? 'dark' : 'light',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      contexts.add(context);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      watch(page, url, problems, options.allowErrors);
      await page.goto('/');
      return page;
    },
  };
}

/** Signs a new person up through the API and in through the refresh cookie of this browser. */
export async function signUpInBrowser(page: Page, email: string, password = 'correct horse battery'): Promise<void> {
  const status = await page.evaluate(
    async (person) => {
      const answer = await fetch('/api/v2/auth/user/signup', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(person),
      });
      return answer.status;
    },
    { email, password },
  );
  expect(status).toBe(200);
  await page.reload();
}

/** What the clipboard really holds. */
export const readClipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Nothing serious or critical that axe can find on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
  expect(serious).toEqual([]);
}
