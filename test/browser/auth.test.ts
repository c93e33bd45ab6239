import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Account,
  actionsOf,
  addTokenButton,
  ask,
  choose,
  copyToken,
  createAccount,
  password,
  sidebar,
  signInAgain,
  tokenRow,
  visit,
} from './steps.ts';
import { type BrowserApp, describeInBrowser, startBrowserApp } from './support.ts';
import { wordsOf } from './words.ts';

/** Getting in: first run, sign-in, invitation, forgotten passwords, and staying in. */
let on: BrowserApp;
let owner: Account;
const t = wordsOf('en');

const emailField = (page: Page): Locator => page.getByRole('textbox', { name: t('auth.email'), exact: true });
const passwordField = (page: Page): Locator => page.locator('input#password');
const button = (page: Page, key: string): Locator => page.getByRole('button', { name: t(key), exact: true });
const inside = (page: Page): Locator => page.getByRole('navigation', { name: t('nav.sidebar'), exact: true });

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await emailField(page).fill(email);
  await passwordField(page).fill(secret);
  await button(page, 'auth.signIn').click();
}

/** What a screen reader says after the name of a field. */
const describedBy = async (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the focus never came there by Tab');
}

function gettingIn(): void {
  test('the first person owns the instance', async () => {
    const fresh = await startBrowserApp();
    const page = await fresh.openBrowser();
    await page.getByRole('heading', { name: t('auth.ownerTitle') }).waitFor();
    expect(await passwordField(page).getAttribute('autocomplete')).toBe('new-password');
    await page.getByRole('textbox', { name: t('auth.name'), exact: true }).fill('Ada');
    await emailField(page).fill('ada@example.org');
    await passwordField(page).fill('short');
    await button(page, 'auth.createOwner').click();
    await page.locator('input#password[aria-invalid=true]').waitFor();
    expect(await describedBy(passwordField(page))).toContain('8');
    await passwordField(page).fill(password);
    await button(page, 'auth.createOwner').click();
    await inside(page).waitFor();
    await page.goto(`${fresh.url}/#/account/users`);
    await page.getByRole('heading', { name: t('account.users.title') }).waitFor();
    await page.reload();
    await inside(page).waitFor();
    await fresh.app.close();
  });

  test('sign in: what is missing or wrong is said, and one arrives where one wanted to go', async () => {
    const account = await createAccount(on.app);
    const page = await on.openBrowser({ address: '#/account/sessions' });
    await emailField(page).waitFor();
    expect(await emailField(page).getAttribute('autocomplete')).toBe('username');
    expect(await passwordField(page).getAttribute('autocomplete')).toBe('current-password');
    await signIn(page, account.email, '');
    await page.locator('input#password[aria-invalid=true]').waitFor();
    expect(await describedBy(passwordField(page))).toContain(t('common.required'));
    await signIn(page, account.email, 'wrong horse');
    await page.getByText(t('auth.wrongCredentials')).waitFor();
    expect(await emailField(page).inputValue()).toBe(account.email);
    await signIn(page, account.email, password);
    await page.getByRole('heading', { name: t('account.sessions.title') }).waitFor();
    expect(page.url()).toContain('#/account/sessions');
  });

  test('an invited person signs up by the link; the link works once', async () => {
    const person = await visit(on, { account: await signInAgain(on.app, owner), address: '#/account/users' });
    await button(person.page, 'account.users.invite').click();
    const dialog = person.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t('account.invite.email') }).fill('guest@example.org');
    await dialog.getByRole('button', { name: t('account.users.invite'), exact: true }).click();
    const link = (await dialog.locator('pre').textContent()) ?? '';
    expect(link).toContain(`${on.url}/#/signup/`);

    const guest = await on.openBrowser({ address: new URL(link).hash });
    await guest.getByRole('heading', { name: t('auth.invitedTitle') }).waitFor();
    await emailField(guest).fill('guest@example.org');
    await passwordField(guest).fill(password);
    await button(guest, 'auth.createAccount').click();
    await inside(guest).waitFor();
    expect(guest.url()).not.toContain('signup');

    const late = await on.openBrowser({ address: new URL(link).hash });
    await emailField(late).fill('guest@example.org');
    await passwordField(late).fill(password);
    await button(late, 'auth.createAccount').click();
    await late.getByRole('alert').first().waitFor();
  });
}

function forgottenPasswords(): void {
  test('forgot: the answer is the same whether or not there is an account', async () => {
    const page = await on.openBrowser();
    for (const email of [owner.email, 'nobody@example.org']) {
      await page.goto(`${on.url}/#/signin`);
      await page.getByRole('link', { name: t('auth.forgot') }).click();
      await emailField(page).fill(email);
      await button(page, 'auth.sendLink').click();
      await page.getByText(t('auth.linkSentHint', { email })).waitFor();
    }
  });

  test('an administrator’s link changes the password, once', async () => {
    const account = await createAccount(on.app);
    const person = await visit(on, { account: await signInAgain(on.app, owner), address: '#/account/users' });
    await choose(person.page, actionsOf(person, account.email), t('account.users.resetLink'));
    await button(person.page, 'account.resetLink.make').click();
    const link = (await person.page.getByRole('dialog').locator('pre').textContent()) ?? '';

    const page = await on.openBrowser({ address: new URL(link).hash });
    await page.getByRole('heading', { name: t('auth.resetTitle') }).waitFor();
    await passwordField(page).fill('another long secret');
    await button(page, 'auth.savePassword').click();
    await page.getByText(t('auth.passwordChanged')).waitFor();
    await signIn(page, account.email, password);
    await page.getByText(t('auth.wrongCredentials')).waitFor();
    await signIn(page, account.email, 'another long secret');
    await inside(page).waitFor();

    const late = await on.openBrowser({ address: new URL(link).hash });
    await late.getByText(t('auth.badResetLink')).waitFor();
  });
}

function stayingIn(): void {
  test('by keyboard alone from the sign-in to a token', async () => {
    const account = await createAccount(on.app);
    const page = await on.openBrowser();
    const person = { page, t, say: (key: string) => t(key), email: account.email, jwt: account.jwt };
    await emailField(page).waitFor();
    await tabTo(page, emailField(page));
    await page.keyboard.type(account.email);
    await tabTo(page, passwordField(page));
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await tabTo(page, sidebar(person).getByRole('button', { name: t('nav.userMenu') }));
    await page.keyboard.press('Enter');
    const settings = page.getByRole('menuitem', { name: t('nav.accountSettings') });
    await settings.waitFor();
    for (let presses = 0; presses < 12; presses += 1) {
      if (await settings.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    const profile = page.getByRole('tab', { name: t('account.profile.tab'), exact: true });
    await tabTo(page, profile);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await tabTo(page, addTokenButton(person));
    await page.keyboard.press('Enter');
    const name = page.getByRole('dialog').getByRole('textbox', { name: t('tokens.name') });
    await tabTo(page, name);
    await page.keyboard.type('No mouse');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('dialog').getByRole('button', { name: t('tokens.done'), exact: true }));
    await page.keyboard.press('Enter');
    await tokenRow(page, 'No mouse').waitFor();
    const token = await copyToken(person, 'No mouse');
    expect(await ask(on, '/api/v2/auth/user/me', { 'xc-token': token })).toBe(200);
  });

  test('twelve tabs renew their session at once and all stay signed in', async () => {
    const { page } = await visit(on);
    await inside(page).waitFor();
    const context = page.context();
    const others = await Promise.all(Array.from({ length: 11 }, () => context.newPage()));
    const tabs = [page, ...others];
    await Promise.all(others.map((tab) => tab.goto(`${on.url}/#/account/sessions`)));
    await Promise.all(tabs.map((tab) => inside(tab).waitFor({ timeout: 60_000 })));
    on.app.advance(11 * 60 * 60 * 1000); // auth tokens live for ten hours
    await Promise.all(tabs.map((tab) => tab.reload()));
    await Promise.all(tabs.map((tab) => inside(tab).waitFor({ timeout: 60_000 })));
    on.app.advance(11 * 60 * 60 * 1000);
    const visitTokens = tabs.map(async (tab) => {
      await tab.goto(`${on.url}/#/account/tokens`); // no reload: each finds its token expired
      await button(tab, 'account.tokens.add').waitFor({ timeout: 60_000 });
    });
    await Promise.all(visitTokens);
    await Promise.all(tabs.map((tab) => tab.reload()));
    await Promise.all(tabs.map((tab) => inside(tab).waitFor({ timeout: 60_000 })));
  });

  test('signed out in one tab, the other one asks to sign in', async () => {
    const person = await visit(on);
    const other = await person.page.context().newPage();
    await other.goto(`${on.url}/#/account/tokens`);
    await button(other, 'account.tokens.add').waitFor();
    await person.page.bringToFront();
    await choose(
      person.page,
      sidebar(person).getByRole('button', { name: t('nav.userMenu') }),
      t('nav.signOut'),
    );
    await button(person.page, 'auth.signIn').waitFor();
    await other.bringToFront();
    await other.goto(`${on.url}/#/account/sessions`);
    await button(other, 'auth.signIn').waitFor();
  });
}

describeInBrowser('getting in', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    owner = await createAccount(on.app);
  });
  describe('accounts', gettingIn);
  describe('forgotten passwords', forgottenPasswords);
  describe('sessions', stayingIn);
});
