import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createWorld,
  overlays,
  pages,
  type Screen,
  settle,
  show,
  signedOutScreens,
  type World,
} from './screens.ts';
import {
  addTokenButton,
  ask,
  copyToken,
  createAccount,
  createToken,
  openTokens,
  signInAgain,
  visit,
} from './steps.ts';
import {
  type BrowserApp,
  type BrowserOptions,
  describeInBrowser,
  expectAccessible,
  findObstacles,
  readClipboard,
  startBrowserApp,
} from './support.ts';
import { wordsOf } from './words.ts';

/** Every screen: for everybody, on every size, and with no secret left lying about. */
let on: BrowserApp;
let world: World;
const t = wordsOf('en');

async function signedIn(options: BrowserOptions = {}): Promise<Page> {
  const account = await signInAgain(on.app, world.owner);
  const { page } = await visit(on, { ...options, account });
  await page.getByRole('main').waitFor();
  return page;
}

/** Shows the screens one after the other; tells what is wrong with which. */
async function checkEach(
  page: Page,
  screens: readonly Screen[],
  check: (screen: Screen) => Promise<readonly string[]>,
): Promise<void> {
  const found: string[] = [];
  for (const screen of screens) {
    await show(page, screen);
    found.push(...(await check(screen)).map((problem) => `${screen.name}: ${problem}`));
    if (screen.open !== undefined) await closeAll(page);
  }
  expect(found).toEqual([]);
}

/** Away with whatever is open. */
async function closeAll(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('[data-portal] :is([role=dialog], [role=menu])').waitFor({ state: 'detached' });
  await page.waitForTimeout(100); // the focus returns a moment after a dialog has gone
}

/** How far something reaches beyond the side of the page. */
async function findSidewaysScroll(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(scrollWidth, document.body.scrollWidth) - clientWidth;
  });
  return beyond > 0 ? [`${beyond} pixels beyond the side`] : [];
}

function accessible(): void {
  test('axe finds nothing serious', { timeout: 240_000 }, async () => {
    const out = await on.openBrowser();
    await checkEach(out, signedOutScreens(t), () => findObstacles(out));
    const page = await signedIn();
    await checkEach(page, pages(t, world), () => findObstacles(page));
    await checkEach(page, overlays(t, world), (screen) => findObstacles(page, { within: screen.within }));
  });

  test('in the dark everything can be read as well', { timeout: 240_000 }, async () => {
    const contrast = { rules: ['color-contrast'] };
    const out = await on.openBrowser({ dark: true });
    await checkEach(out, signedOutScreens(t), () => findObstacles(out, contrast));
    const page = await signedIn({ dark: true });
    await checkEach(page, pages(t, world), () => findObstacles(page, contrast));
    await checkEach(page, overlays(t, world), () =>
      findObstacles(page, { ...contrast, within: '[data-portal]' }),
    );
  });

  test('the first screen of all is accessible too', async () => {
    const fresh = await startBrowserApp();
    const page = await fresh.openBrowser();
    await page.getByRole('heading', { name: t('auth.ownerTitle') }).waitFor();
    await expectAccessible(page);
    await fresh.app.close();
  });
}

function onAPhone(): void {
  const phone = { width: 360, height: 740 };
  test('nothing scrolls sideways on a phone', { timeout: 240_000 }, async () => {
    const out = await on.openBrowser(phone);
    await checkEach(out, signedOutScreens(t), () => findSidewaysScroll(out));
    const page = await signedIn(phone);
    await checkEach(page, pages(t, world), () => findSidewaysScroll(page));
  });

  test('on a phone the list of bases is behind a button, and a token can be made', async () => {
    const person = await visit(on, phone);
    const { page } = person;
    await page.getByRole('button', { name: t('nav.openSidebar'), exact: true }).click();
    await openTokens(person);
    await addTokenButton(person).waitFor();
    await expect.poll(() => page.getByRole('navigation', { name: t('nav.sidebar') }).count()).toBe(0);
    await settle(page);
    expect(await findObstacles(page)).toEqual([]);
    await createToken(person, 'From a phone');
    const token = await copyToken(person, 'From a phone');
    expect(await ask(on, '/api/v2/auth/user/me', { 'xc-token': token })).toBe(200);
    expect(await findSidewaysScroll(page)).toEqual([]);
  });
}

/** Everything that a script of the page, or a look at its source, could find. */
const findable = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map((attribute) => attribute.value),
    );
    const fields = [...document.querySelectorAll('input')].map((field) => field.value);
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      databases,
      location.href,
      document.cookie,
      attributes,
      fields,
      document.body.textContent,
    ]);
  });

function secrets(): void {
  test('neither token nor session stays in the browser’s storage, its address or the page', async () => {
    const person = await visit(on);
    const { page } = person;
    await openTokens(person);
    await createToken(person, 'Secret');
    const token = await copyToken(person, 'Secret');
    await page.getByRole('button', { name: t('nav.userMenu'), exact: true }).click();
    await page.getByRole('menuitem', { name: t('nav.copyAuthToken'), exact: true }).click();
    await page.getByText(t('nav.authTokenCopied')).waitFor();
    const jwt = await readClipboard(page);
    const found = await findable(page);
    expect(found).not.toContain(token);
    expect(found).not.toContain(jwt);
    const cookies = await page.context().cookies();
    expect(cookies.map((cookie) => [cookie.name, cookie.httpOnly, cookie.sameSite])).toEqual([
      ['refresh_token', true, 'Strict'],
    ]);
    for (const cookie of cookies) expect(found).not.toContain(cookie.value);
  });

  test('the page allows no script but its own, and the first load is small', async () => {
    const account = await createAccount(on.app);
    const { page } = await visit(on, { account });
    await page
      .getByRole('heading', { name: t('nav.bases') })
      .first()
      .waitFor();
    await settle(page);
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('.js'))
        .map((entry) => (entry as PerformanceResourceTiming).encodedBodySize),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250 * 1024);
    const policy = (await fetch(on.url)).headers.get('content-security-policy') ?? '';
    const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? '';
    expect(scripts.trim()).toBe("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
  });
}

const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');

/** Pictures for the documentation. */
function pictures(): void {
  const wanted = process.env.ROWGATE_TEST_SCREENSHOTS === '1';
  test.skipIf(!wanted)('pictures of the main screens', { timeout: 240_000 }, async () => {
    mkdirSync(folder, { recursive: true });
    const keep = async (page: Page, name: string): Promise<void> => {
      await settle(page);
      await page.waitForTimeout(300); // the canvas has no animation to wait for
      await page.screenshot({ path: join(folder, `${name}.png`) });
    };
    const known = pages(t, world);
    const screen = (name: string): Screen => known.find((one) => one.name === name) as Screen;
    const out = await on.openBrowser({ address: '#/signin' });
    await out.getByRole('button', { name: t('auth.signIn'), exact: true }).waitFor();
    await keep(out, 'sign-in');
    const light = await signedIn();
    const shots = {
      home: 'home',
      table: 'grid',
      'account: tokens': 'tokens',
      'team: tokens': 'base-tokens',
    };
    for (const [name, file] of Object.entries(shots)) {
      await show(light, screen(name));
      await keep(light, file);
    }
    await light.goto(`${on.url}/api/v2/meta/bases/${world.baseId}/swagger`);
    await light.locator('#credential').fill((await signInAgain(on.app, world.owner)).jwt);
    await light.locator('#sign-in button[type=submit]').click();
    await light.locator('.opblock-tag').first().waitFor();
    await light.locator('.scheme-container').evaluate((element) => element.scrollIntoView());
    await keep(light, 'api-docs');
    const dark = await signedIn({ dark: true });
    await show(dark, screen('table'));
    await keep(dark, 'grid-dark');
    const small = await signedIn({ width: 360, height: 740 });
    await show(small, screen('table'));
    await keep(small, 'phone');
  });
}

describeInBrowser('the screens', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    world = await createWorld(on);
  });
  describe('for everybody', accessible);
  describe('on a phone', onAPhone);
  describe('secrets', secrets);
  describe('for the documentation', pictures);
});
