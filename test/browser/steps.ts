import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp, TestRequest } from '../support/app.ts';
import { type BrowserApp, type BrowserOptions, readClipboard } from './support.ts';
import { type Language, localeOf, type Words, wordsOf } from './words.ts';

/** What a person does on the screens, in the words of their language. */
export interface Person {
  readonly page: Page;
  readonly t: Words;
  /** A label that the product names word for word in English. */
  readonly say: (key: string, english: string) => string;
  readonly email: string;
  /** For asking the API directly. */
  readonly jwt: string;
}

export const password = 'correct horse battery';
let people = 0;

export interface Account {
  readonly userId: string;
  readonly email: string;
  readonly jwt: string;
  readonly cookie: string;
}

const owners = new WeakMap<TestApp, Account>();

/** A new account; the first one of an app owns the instance. */
export async function createAccount(
  app: TestApp,
  email = `someone${++people}@example.org`,
): Promise<Account> {
  const account = await app.signUp(email);
  if (!owners.has(app)) owners.set(app, account);
  return account;
}

/** A new account that may create bases. */
export async function createCreator(app: TestApp): Promise<Account> {
  const account = await createAccount(app);
  const owner = owners.get(app);
  if (owner !== undefined && owner !== account) {
    const body = { roles: 'org-level-creator' };
    const path = `/api/v1/users/${account.userId}`;
    await done(app, { method: 'PATCH', path, jwt: owner.jwt, body });
  }
  return account;
}

/** Another session of an account. */
export async function signInAgain(app: TestApp, { email, userId }: Account): Promise<Account> {
  const body = { email, password };
  const answer = await app.inject({ method: 'POST', path: '/api/v2/auth/user/signin', body });
  expect(answer.status).toBe(200);
  const cookie = String(answer.headers['set-cookie']).split(';', 1)[0] ?? '';
  return { email, userId, jwt: answer.body.token, cookie };
}

export interface Visit extends BrowserOptions {
  readonly language?: Language;
  readonly account?: Account;
}

/** Opens the interface signed in, as a new person or as one with an account. */
export async function visit(on: BrowserApp, options: Visit = {}): Promise<Person> {
  const { language = 'en', account = await createAccount(on.app), ...others } = options;
  const t = wordsOf(language);
  const page = await on.openBrowser({ ...others, locale: localeOf[language], cookie: account.cookie });
  const say = (key: string, english: string): string => {
    if (language !== 'en') return t(key);
    expect(t(key)).toBe(english);
    return english;
  };
  return { page, t, say, email: account.email, jwt: account.jwt };
}

export const sidebar = ({ page, t }: Person): Locator =>
  page.getByRole('navigation', { name: t('nav.sidebar'), exact: true });

/** Opens a menu by its button and clicks what it offers. */
export async function choose(page: Page, button: Locator, item: string): Promise<void> {
  await button.click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

export const userMenu = (person: Person): Locator =>
  sidebar(person).getByRole('button', { name: person.say('nav.userMenu', 'User menu'), exact: true });

/** User menu → Account Settings → Tokens. */
export async function openTokens(person: Person): Promise<void> {
  const { page, say } = person;
  await choose(page, userMenu(person), say('nav.accountSettings', 'Account Settings'));
  await page.getByRole('tab', { name: say('account.tokens.tab', 'Tokens'), exact: true }).click();
}

export const addTokenButton = ({ page, say }: Person): Locator =>
  page.getByRole('button', { name: say('account.tokens.add', 'Add New API Token'), exact: true });

/** The row of a token, by its name. */
export const tokenRow = (page: Page, name: string): Locator =>
  page.getByRole('row').or(page.getByRole('listitem')).filter({ hasText: name });

export async function createToken(person: Person, name: string): Promise<void> {
  const { page, t, say } = person;
  await addTokenButton(person).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: t('tokens.name') }).fill(name);
  await dialog.getByRole('button', { name: say('common.save', 'Save'), exact: true }).click();
  await dialog.getByRole('button', { name: t('tokens.done'), exact: true }).click();
  await tokenRow(page, name).waitFor();
}

export const actionsOf = ({ page, t }: Person, name: string): Locator =>
  page.getByRole('button', { name: `${t('common.actions')}: ${name}`, exact: true });

/** Actions → Copy; answers what is on the clipboard then. */
export async function copyToken(person: Person, name: string): Promise<string> {
  const { page, t, say } = person;
  await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await choose(page, actionsOf(person, name), say('common.copy', 'Copy'));
  await page.getByText(t('tokens.copied', { name })).first().waitFor();
  return readClipboard(page);
}

/** A request of another program, over the network. */
export async function ask(on: BrowserApp, path: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(on.url + path, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

/** The body of an answer that must be a success. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export async function done(app: TestApp, request: TestRequest): Promise<any> {
  const answer = await app.inject(request);
  if (answer.status !== 200)
    throw new Error(`${request.method} ${request.path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

export const createBaseOf = async (app: TestApp, jwt: string, title: string): Promise<string> =>
  (await done(app, { method: 'POST', path: '/api/v2/meta/bases/', jwt, body: { title } })).id;

export interface NewColumn {
  readonly title: string;
  readonly uidt: string;
  readonly [option: string]: unknown;
}

export const createTableOf = async (
  app: TestApp,
  jwt: string,
  baseId: string,
  title: string,
  columns: readonly NewColumn[],
): Promise<string> =>
  (
    await done(app, {
      method: 'POST',
      path: `/api/v2/meta/bases/${baseId}/tables`,
      jwt,
      body: { title, columns },
    })
  ).id;

export const insertRows = (
  app: TestApp,
  jwt: string,
  tableId: string,
  rows: readonly object[],
): Promise<unknown> =>
  done(app, { method: 'POST', path: `/api/v2/tables/${tableId}/records`, jwt, body: rows });
