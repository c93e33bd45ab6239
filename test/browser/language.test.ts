import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTokenButton, createAccount, openTokens, userMenu, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, startBrowserApp } from './support.ts';
import { wordsOf } from './words.ts';

/** Words come one language at a time, and a third language is one file. */

const root = join(import.meta.dirname, '..', '..');
const german = { signIn: 'Anmelden', userMenu: 'Benutzermenü' };

/** The interface built with a language more: German, most of it still in English. */
async function buildWithGerman(folder: string): Promise<string> {
  cpSync(join(root, 'web'), join(folder, 'web'), { recursive: true });
  for (const name of ['node_modules', 'columnTypes', 'vocabulary', 'tsconfig.json', 'package.json'])
    symlinkSync(join(root, name), join(folder, name));
  const words = JSON.parse(readFileSync(join(root, 'web/i18n/en.json'), 'utf8'));
  words.auth.signIn = german.signIn;
  words.nav.userMenu = german.userMenu;
  writeFileSync(join(folder, 'web/i18n/de.json'), JSON.stringify(words));
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  await build({
    configFile: false,
    root: join(folder, 'web'),
    plugins: [react()],
    logLevel: 'error',
    build: {
      outDir: join(folder, 'dist'),
      target: 'es2023',
      minify: false,
      modulePreload: { polyfill: false },
    },
  });
  return join(folder, 'dist');
}

/** Scripts that hold these words; the page keeps what it loaded. */
async function scriptsWith(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    performance.setResourceTimingBufferSize(5000); // the requests below are entries as well
    const resources = performance.getEntriesByType('resource').map(({ name }) => name);
    const scripts = [...new Set(resources)].filter((name) => name.endsWith('.js'));
    const found = scripts.map(async (name) =>
      (await (await fetch(name)).text()).includes(wanted) ? [name] : [],
    );
    return (await Promise.all(found)).flat();
  }, text);
}

let on: BrowserApp;
let folder: string;

describeInBrowser('languages', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rowgate-web-'));
    on = await startBrowserApp({ ROWGATE_INTERNAL_WEB: await buildWithGerman(folder) });
    await createAccount(on.app);
  });
  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test('a third language is one file: the browser finds it, and so do the menus', async () => {
    const page = await on.openBrowser({ locale: 'de-AT' });
    await page.getByRole('button', { name: german.signIn, exact: true }).waitFor();
    await page.locator('html[lang=de]').waitFor();
    const select = page.getByRole('combobox');
    expect(await select.locator('option').allTextContents()).toEqual(['Deutsch', 'English', 'Français']);
    await select.selectOption('fr');
    await page.getByRole('button', { name: wordsOf('fr')('auth.signIn'), exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: wordsOf('fr')('auth.signIn'), exact: true }).waitFor();
  });

  test('only the words of the language that is spoken are loaded; no key is ever painted', async () => {
    const person = await visit(on);
    const { page } = person;
    const [english, french] = [wordsOf('en'), wordsOf('fr')];
    const hint = 'tokens.deleteWarning';
    await userMenu(person).waitFor();
    expect(await scriptsWith(page, english(hint))).toHaveLength(1);
    expect(await scriptsWith(page, french(hint))).toEqual([]);
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const key = /\b(?:nav|account|common|tokens)\.[a-z]\w+/.exec(document.body.innerText);
        if (key !== null) seen.push(key[0]);
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await userMenu(person).click();
    await page.getByRole('menuitemradio', { name: 'Français', exact: true }).click();
    await page.locator('html[lang=fr]').waitFor();
    await page.keyboard.press('Escape');
    const inFrench = { ...person, t: french, say: (key: string) => french(key) };
    await openTokens(inFrench);
    await addTokenButton(inFrench).waitFor();
    expect(await scriptsWith(page, french(hint))).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
  });

  test('words that cannot be fetched leave the language as it is, and say so', async () => {
    const person = await visit(on);
    const { page, t } = person;
    await page.route(/assets\/de-/, (request) => request.abort());
    await userMenu(person).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch', exact: true }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: t('common.failed') })
      .waitFor();
    await page.locator('html[lang=en]').waitFor();
  });
});
