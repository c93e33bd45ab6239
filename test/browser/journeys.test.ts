import { beforeAll, describe, expect, test } from 'vitest';
import {
  actionsOf,
  addTokenButton,
  ask,
  choose,
  copyToken,
  createAccount,
  createBaseOf,
  createCreator,
  createTableOf,
  createToken,
  insertRows,
  openTokens,
  type Person,
  sidebar,
  tokenRow,
  userMenu,
  visit,
} from './steps.ts';
import { type BrowserApp, describeInBrowser, readClipboard, startBrowserApp } from './support.ts';
import type { Language } from './words.ts';

/** The journeys that people asked for, word for word, in each language. */
let on: BrowserApp;

const tokenForm = /^[A-Za-z0-9_-]{40}$/;
const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const who = '/api/v2/auth/user/me';
const menuItem = (person: Person, key: string, english: string) =>
  person.page.getByRole('menuitem', { name: person.say(key, english), exact: true });

function accountJourneys(language: Language): void {
  test('1: the user menu is in the bottom left corner and has everything', async () => {
    const person = await visit(on, { language });
    const { page, t, say } = person;
    const box = await userMenu(person).boundingBox();
    expect(box?.x).toBeLessThan(40);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(800 - 40);
    await userMenu(person).click();
    await menuItem(person, 'nav.accountSettings', 'Account Settings').waitFor();
    await menuItem(person, 'nav.copyAuthToken', 'Copy Auth Token').waitFor();
    await menuItem(person, 'nav.signOut', 'Sign Out').waitFor();
    const menu = page.getByRole('menu');
    expect(await menu.getByRole('menuitemradio', { name: 'Français', exact: true }).count()).toBe(1);
    await menu.getByRole('menuitemradio', { name: t('nav.dark'), exact: true }).click();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.reload();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await choose(page, userMenu(person), say('nav.accountSettings', 'Account Settings'));
    await page.getByRole('tab', { name: say('account.tokens.tab', 'Tokens'), exact: true }).waitFor();
  });

  test('2 to 5, 7, 8: a token is added, copied now and later, used, deleted and dead', async () => {
    const person = await visit(on, { language });
    const { page, t, say } = person;
    await openTokens(person);
    await createToken(person, 'n8n');
    const token = await copyToken(person, 'n8n');
    expect(token).toMatch(tokenForm);
    await page.reload();
    expect(await copyToken(person, 'n8n')).toBe(token);
    expect(await ask(on, who, { 'xc-token': token })).toBe(200);

    await choose(page, actionsOf(person, 'n8n'), say('common.delete', 'Delete'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t('tokens.deleteWarning')).waitFor();
    expect(await ask(on, who, { 'xc-token': token })).toBe(200);
    await dialog.getByRole('button', { name: t('common.delete'), exact: true }).click();
    await page.getByText(t('account.tokens.none')).waitFor();
    expect(await ask(on, who, { 'xc-token': token })).toBe(401);
  });

  test('6: at the limit the button is disabled and says why; the API answers the same', async () => {
    const person = await visit(on, { language });
    const { page, t, jwt } = person;
    await openTokens(person);
    await createToken(person, 'The only one');
    const button = addTokenButton(person);
    expect(await button.isDisabled()).toBe(true);
    const reason = t('account.tokens.limit', { count: 1 });
    await page.getByText(reason).waitFor();
    const described = await button.getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toContain(reason);
    const refused = await on.app.inject({ method: 'POST', path: '/api/v2/tokens', jwt, body: {} });
    expect(refused.status).toBe(422);
    if (language === 'en') expect(refused.body.message).toBe(reason);
    await page.reload();
    await tokenRow(page, 'The only one').waitFor();
    expect(await button.isDisabled()).toBe(true);
  });

  test('9: Copy Auth Token, deprecated, valid until sign out', async () => {
    const person = await visit(on, { language });
    const { page, t, say } = person;
    await userMenu(person).click();
    await page.getByRole('menu').getByText(t('nav.authTokenDeprecated')).waitFor();
    await menuItem(person, 'nav.copyAuthToken', 'Copy Auth Token').click();
    await page.getByText(t('nav.authTokenCopied')).waitFor();
    const jwt = await readClipboard(page);
    expect(jwt).toMatch(jwtForm);
    expect(await ask(on, who, { 'xc-auth': jwt })).toBe(200);
    await choose(page, userMenu(person), say('nav.signOut', 'Sign Out'));
    await page.getByRole('button', { name: t('auth.signIn'), exact: true }).waitFor();
    expect(await ask(on, who, { 'xc-auth': jwt })).toBe(401);
    await page.reload();
    await page.getByRole('button', { name: t('auth.signIn'), exact: true }).waitFor();
  });
}

async function openBaseMenu(person: Person, title: string): Promise<void> {
  const name = person.t('bases.menuOf', { title });
  const button = sidebar(person).getByRole('button', { name, exact: true });
  await button.hover();
  await button.click();
}

function baseJourneys(language: Language): void {
  test('10: the API docs of a base; Authorize and Try it out', async () => {
    const account = await createCreator(on.app);
    const baseId = await createBaseOf(on.app, account.jwt, 'Shop');
    const tableId = await createTableOf(on.app, account.jwt, baseId, 'Goods', [
      { title: 'Name', uidt: 'SingleLineText' },
    ]);
    await insertRows(on.app, account.jwt, tableId, [{ Name: 'Tea' }]);
    const body = { description: 'docs' };
    const made = await on.app.inject({ method: 'POST', path: '/api/v2/tokens', jwt: account.jwt, body });
    const { token } = made.body;
    const person = await visit(on, { language, account });
    await openBaseMenu(person, 'Shop');
    const [docs] = await Promise.all([
      person.page.context().waitForEvent('page'),
      menuItem(person, 'bases.swagger', 'Swagger APIs Doc').click(),
    ]);
    docs.setDefaultTimeout(15_000);
    await docs.locator('#credential').fill(token);
    await docs.locator('#sign-in button[type=submit]').click();
    await docs.locator('.servers select').first().waitFor();
    expect(await docs.locator('.servers select option').count()).toBeGreaterThan(1);

    await docs.getByRole('button', { name: 'Authorize', exact: true }).click();
    const scheme = docs.locator('.auth-container', { hasText: 'xc-token' });
    await scheme.getByRole('button', { name: 'Remove authorization' }).click();
    await scheme.getByRole('textbox').or(scheme.locator('input')).fill(token);
    await scheme.getByRole('button', { name: 'Apply credentials' }).click();
    await docs.locator('.close-modal').click();

    await docs.reload();
    const path = `/api/v2/tables/${tableId}/records`;
    await docs.locator('.operation-filter-input').waitFor();
    expect(await docs.locator('#sign-in').isVisible()).toBe(false);
    const operation = docs.locator('.opblock-get', { has: docs.locator(`[data-path="${path}"]`) });
    await openOperation(docs, operation);
    await operation.getByRole('button', { name: 'Try it out' }).click();
    const answered = docs.waitForResponse((answer) => answer.url().startsWith(on.url + path));
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = await answered;
    expect(answer.status()).toBe(200);
    expect(await answer.request().headerValue('xc-token')).toBe(token);
    await operation.locator('.live-responses-table', { hasText: 'Tea' }).waitFor();
  });

  test('11: tokens of a base: generated, copied, bound to it; a base can have many', async () => {
    const account = await createCreator(on.app);
    const baseId = await createBaseOf(on.app, account.jwt, 'Shop');
    const otherId = await createBaseOf(on.app, account.jwt, 'Diary');
    const person = await visit(on, { language, account });
    const { page, t, say } = person;
    await openBaseMenu(person, 'Shop');
    await menuItem(person, 'bases.teamAndSettings', 'Team & Settings').click();
    await page
      .getByRole('tab', { name: say('team.tokens.tab', 'API Tokens Management'), exact: true })
      .click();
    const tokens: string[] = [];
    for (const name of ['Till', 'Website']) {
      await page.getByRole('button', { name: say('team.tokens.add', 'Add New Token'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: t('tokens.name') }).fill(name);
      await dialog
        .getByRole('button', { name: say('team.tokens.generate', 'Generate'), exact: true })
        .click();
      await dialog.getByText(t('tokens.madeAndCopied')).waitFor();
      tokens.push(await readClipboard(page));
      await dialog.getByRole('button', { name: t('tokens.done'), exact: true }).click();
      await tokenRow(page, name).waitFor();
    }
    expect(await copyToken(person, 'Till')).toBe(tokens[0]);
    for (const token of tokens) {
      expect(token).toMatch(tokenForm);
      expect(await ask(on, `/api/v2/meta/bases/${baseId}/tables`, { 'xc-token': token })).toBe(200);
      expect([403, 404]).toContain(
        await ask(on, `/api/v2/meta/bases/${otherId}/tables`, { 'xc-token': token }),
      );
    }
  });

  test('9 again: Copy Auth Token in the menu of a base', async () => {
    const account = await createCreator(on.app);
    await createBaseOf(on.app, account.jwt, 'Shop');
    const person = await visit(on, { language, account });
    await openBaseMenu(person, 'Shop');
    await person.page.getByRole('menu').getByText(person.t('nav.authTokenDeprecated')).waitFor();
    await menuItem(person, 'nav.copyAuthToken', 'Copy Auth Token').click();
    await person.page.getByText(person.t('nav.authTokenCopied')).waitFor();
    expect(await ask(on, who, { 'xc-auth': await readClipboard(person.page) })).toBe(200);
  });
}

/** Unfolds the group of an operation, then the operation itself. */
async function openOperation(
  docs: Person['page'],
  operation: ReturnType<Person['page']['locator']>,
): Promise<void> {
  const folded = docs.locator('.opblock-tag[data-is-open=false]');
  while ((await operation.count()) === 0 && (await folded.count()) > 0) await folded.first().click();
  await operation.locator('.opblock-summary-control').click();
}

function languageJourney(language: Language): void {
  test('12: the browser chooses the language, the user menu another, without reload', async () => {
    const person = await visit(on, { language });
    const { page } = person;
    await page.locator(`html[lang=${language}]`).waitFor();
    await page.evaluate(() => Object.assign(window, { notReloaded: true }));
    const [other, name] = language === 'en' ? (['fr', 'Français'] as const) : (['en', 'English'] as const);
    await userMenu(person).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
    await page.locator(`html[lang=${other}]`).waitFor();
    await page.keyboard.press('Escape');
    const expected = await visit(on, { language: other });
    await page.bringToFront();
    await openTokens({ ...expected, page });
    await addTokenButton({ ...expected, page }).waitFor();
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
    await page.reload();
    await addTokenButton({ ...expected, page }).waitFor();
  });

  test('12: dates follow the locale', async () => {
    const person = await visit(on, { language });
    await openTokens(person);
    await createToken(person, 'Dated');
    const [year, month] = new Date().toISOString().split('-');
    const shown = (await person.page.locator('time').allTextContents()).join(' ');
    const monthName = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(
      new Date(),
    );
    expect(shown).toContain(year);
    expect(shown.includes(monthName) || shown.includes(`${month}`)).toBe(true);
  });
}

describeInBrowser('the twelve journeys', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    await createAccount(on.app); // owns the instance; everybody after is anybody
  });
  describe.each(['en', 'fr'] as const)('in %s', (language) => {
    accountJourneys(language);
    baseJourneys(language);
    languageJourney(language);
  });
});
