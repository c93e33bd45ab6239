import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';

/**
 * The interface in a real Chromium, against a whole app. Where no Chromium is
 * found the tests are skipped, visibly; with ROWGATE_TEST_CHROMIUM=required
 * that is a failure. ROWGATE_TEST_WEB names another folder than dist/web.
 */

const wanted = process.env.ROWGATE_TEST_CHROMIUM;
const places = [wanted ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = places.find((path) => path.startsWith('/') && existsSync(path));
if (executable === undefined && wanted === 'required') {
  throw new Error(
    'Chromium is required for the browser tests and was not found; on Debian: apt-get install chromium',
  );
}

const root = join(import.meta.dirname, '..', '..');
const webFolder = resolve(root, process.env.ROWGATE_TEST_WEB ?? 'dist/web');

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
const problems: string[] = [];

async function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error('no Chromium');
  browser ??= chromium.launch({ executablePath: executable, args: flags });
  return browser;
}

async function closeContexts(): Promise<void> {
  const open = [...contexts];
  contexts.clear();
  await Promise.all(open.map((context) => context.close()));
}

/** With ROWGATE_TEST_FAILURES=<folder>: how every page looked when a test failed. */
async function keepPictures(name: string): Promise<void> {
  const folder = process.env.ROWGATE_TEST_FAILURES;
  if (folder === undefined) return;
  const pages = [...contexts].flatMap((context) => context.pages());
  for (const [index, page] of pages.entries())
    await page.screenshot({
      path: join(folder, `${name.replaceAll(/\W+/g, '-').slice(0, 60)}-${index}.png`),
    });
}

/**
 * Describes tests in a browser; skipped where there is none. After each test
 * its pages are closed, and none may have logged an error, broken the content
 * policy or asked another host. Call it once a file: the browser lives as long.
 */
export function describeInBrowser(name: string, body: () => void): void {
  describe.skipIf(executable === undefined)(name, () => {
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await keepPictures(task.name);
      await closeContexts();
      expect(problems.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      const opened = browser;
      browser = undefined;
      await (await opened)?.close();
    });
    body();
  });
}

export interface BrowserApp {
  readonly app: TestApp;
  readonly url: string;
  /** A person at a browser of their own: no cookie is shared. */
  readonly openBrowser: (options?: BrowserOptions) => Promise<Page>;
}

export interface BrowserOptions {
  readonly locale?: 'en-US' | 'fr-FR' | 'de-AT';
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** A refresh cookie, as a sign-in sets it: the person is signed in already. */
  readonly cookie?: string;
  /** Where to go at first, e.g. `#/account`. */
  readonly address?: string;
  /** Console errors that the test provokes on purpose. */
  readonly allowErrors?: RegExp;
}

/** Whatever must never happen on any screen, gathered while a page lives. */
function watch(page: Page, origin: string, allowed: RegExp | undefined): void {
  page.on('console', (message) => {
    const text = message.text();
    // The browser reports every refused request itself; refusals are the business of the tests.
    if (message.type() !== 'error' || /Failed to load resource/.test(text) || allowed?.test(text)) return;
    problems.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url))
      problems.push(`request to another host: ${url}`);
  });
}

/** Seen from here on no page may have a problem; also checked after every test. */
export function expectNoProblems(): void {
  expect(problems.splice(0)).toEqual([]);
}

async function setCookie(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = '', ...value] = cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' }]);
}

/** An app that serves the built interface, with one API token a user as by default. */
export async function startBrowserApp(env: Record<string, string> = {}): Promise<BrowserApp> {
  if (!existsSync(join(webFolder, 'index.html')))
    throw new Error('The interface is not built. Run: npm run build');
  const app = await startApp({
    env: { ROWGATE_INTERNAL_WEB: webFolder, ROWGATE_TOKENS_PER_USER: '1', ...env },
  });
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
      if (options.cookie !== undefined) await setCookie(context, url, options.cookie);
      context.on('page', (page) => watch(page, url, options.allowErrors));
      const page = await context.newPage();
      page.setDefaultTimeout(45_000);
      await page.goto(`/${options.address ?? ''}`);
      return page;
    },
  };
}

/** What the clipboard really holds. */
export async function readClipboard(page: Page): Promise<string> {
  await page.bringToFront();
  return page.evaluate(() => navigator.clipboard.readText());
}

export interface AxeOptions {
  readonly rules?: readonly string[];
  /** Where to look; otherwise everywhere. */
  readonly within?: string | undefined;
}

/** What axe finds on the page as it stands that is serious or critical. */
export async function findObstacles(page: Page, { rules, within }: AxeOptions = {}): Promise<string[]> {
  // There are no frames: the pages need none of the care, and the time, that frames take.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const runOnly = rules === undefined ? {} : { runOnly: { type: 'rule' as const, values: [...rules] } };
  axe.options({ resultTypes: ['violations'], ...runOnly });
  if (within !== undefined) axe.include(within);
  const { violations } = await axe.analyze();
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
    );
}

/** Nothing serious or critical that axe can find on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findObstacles(page)).toEqual([]);
}
