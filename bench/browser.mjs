// Chromium for the benchmarks: found on the machine, never downloaded.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = [
  process.env.ROWGATE_TEST_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'benchmark',
  'cc',
];

/** A browser that opens pages with a refresh cookie and traces what they do. */
export async function openChromium() {
  const executablePath = places.find((path) => path.startsWith('/') && existsSync(path));
  if (executablePath === undefined)
    throw new Error('Chromium was not found; on Debian: apt-get install chromium');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  return {
    async open(cookie) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      if (cookie !== undefined) await context.addCookies([cookie]);
      return context.newPage();
    },
    /** What the browser tells of itself while something happens: the JSON of its trace. */
    async trace(page, act) {
      await browser.startTracing(page, { categories });
      await act();
      return JSON.parse((await browser.stopTracing()).toString());
    },
    close: () => browser.close(),
  };
}

/** Signs up or in; answers an auth token and the cookie that a browser would have. A cookie works once. */
export async function enter(url, way) {
  const response = await fetch(`${url}/api/v2/auth/user/${way}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench@example.org', password: 'bench bench bench' }),
  });
  const { token } = await response.json();
  const [name, value] = response.headers.getSetCookie()[0].split(';', 1)[0].split('=');
  return { jwt: token, cookie: { name, value, url, httpOnly: true, sameSite: 'Strict' } };
}
