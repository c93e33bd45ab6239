import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  type Account,
  actionsOf,
  ask,
  choose,
  createAccount,
  createBaseOf,
  password,
  signInAgain,
  visit,
} from './steps.ts';
import {
  type BrowserApp,
  describeInBrowser,
  expectAccessible,
  readClipboard,
  startBrowserApp,
} from './support.ts';
import { wordsOf } from './words.ts';

/** What people set for themselves, for a base, and as super admin for everyone. */
let on: BrowserApp;
let owner: Account;
const t = wordsOf('en');
const who = '/api/v2/auth/user/me';

const button = (place: Page | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true });
const copyOf = async (page: Page, label: string): Promise<string> => {
  await button(page, `${t('common.copy')}: ${label}`).click();
  await button(page, `${t('common.copied')}: ${label}`).waitFor();
  return readClipboard(page);
};

function ownSettings(): void {
  test('the password changes only with the current one; other devices are signed out', async () => {
    const account = await createAccount(on.app);
    const { page } = await visit(on, { account, address: '#/account/profile' });
    const [current, next] = [page.getByLabel(t('account.password.current')), page.locator('[name=next]')];
    await current.fill('not it');
    await next.fill('short');
    await button(page, t('account.password.change')).click();
    await page.locator('[name=next][aria-invalid=true]').waitFor();
    await next.fill('another horse battery');
    await button(page, t('account.password.change')).click();
    await page.getByText(t('account.password.wrong')).waitFor();
    await expectAccessible(page);
    await current.fill(password);
    await button(page, t('account.password.change')).click();
    await page.getByText(t('account.password.changed')).waitFor();
    expect(await current.inputValue()).toBe('');
    expect(await ask(on, who, { 'xc-auth': account.jwt })).toBe(401);
    await page.locator('[name=name]').fill('Grace');
    await button(page, t('common.save')).click();
    await page.getByText(t('account.profile.saved')).waitFor(); // the new session goes on
  });

  test('another device is signed out', async () => {
    const account = await createAccount(on.app);
    const { page } = await visit(on, { account, address: '#/account/sessions' });
    const body = { email: account.email, password };
    const other = await on.app.inject({ method: 'POST', path: '/api/v2/auth/user/signin', body });
    await page.reload();
    await button(page, t('account.sessions.others')).click();
    await button(page.getByRole('dialog'), t('nav.signOut')).click();
    await page.getByText(t('account.sessions.only')).waitFor();
    expect(await ask(on, who, { 'xc-auth': other.body.token })).toBe(401);
    await expectAccessible(page);
  });
}

function ofAdmins(): void {
  test('a user is invited by a link, blocked and deleted', async () => {
    const person = await visit(on, { account: await signInAgain(on.app, owner), address: '#/account/users' });
    const { page } = person;
    const email = 'invited@example.org';
    await button(page, t('account.users.invite')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('account.invite.email')).fill(email);
    await button(dialog, t('account.users.invite')).click();
    const link = await copyOf(page, t('account.invite.link'));
    expect(link.startsWith(`${on.url}/#/signup/`)).toBe(true);
    const token = link.split('/').at(-1);
    const path = '/api/v2/auth/user/signup';
    const joined = await on.app.inject({ method: 'POST', path, body: { email, password, token } });
    expect(joined.status).toBe(200);
    await button(page, t('account.invite.done')).click();
    await choose(page, actionsOf(person, email), t('account.users.block'));
    await expectAccessible(page);
    await button(dialog, t('account.users.block')).click();
    await page.getByText(t('account.users.blockedDone', { email })).waitFor();
    expect(await ask(on, who, { 'xc-auth': joined.body.token })).toBe(401);
    await choose(page, actionsOf(person, email), t('common.delete'));
    expect(await button(dialog, t('common.delete')).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(email);
    await button(dialog, t('common.delete')).click();
    await page.getByText(t('account.users.deletedDone', { email })).waitFor();
    await actionsOf(person, email).waitFor({ state: 'detached' });
  });

  test('sign-up by invitation only and the number of tokens count at once', async () => {
    const { page } = await visit(on, {
      account: await signInAgain(on.app, owner),
      address: '#/account/settings',
    });
    const invited = page.getByRole('switch', { name: t('account.settings.inviteOnly') });
    await invited.check({ force: true });
    await page.getByLabel(t('account.settings.tokens')).fill('3');
    await button(page, t('common.save')).click();
    await page.getByText(t('account.settings.saved')).waitFor();
    const body = { email: 'stranger@example.org', password };
    const path = '/api/v2/auth/user/signup';
    expect((await on.app.inject({ method: 'POST', path, body })).status).toBe(400);
    const list = await on.app.inject({ method: 'GET', path: '/api/v2/tokens', jwt: owner.jwt });
    expect(list.body.tokens_per_user).toBe(3);
    await invited.uncheck({ force: true });
    await button(page, t('common.save')).click();
    await page.locator('button:disabled', { hasText: t('common.save') }).waitFor(); // nothing left to save
    expect((await on.app.inject({ method: 'POST', path, body })).status).toBe(200);
  });
}

function ofBases(): void {
  test('members are invited, change their role and go; who may not is told why', async () => {
    const baseId = await createBaseOf(on.app, owner.jwt, 'Shop');
    const guest = await createAccount(on.app);
    const address = `#/base/${baseId}/settings/members`;
    const person = await visit(on, { account: await signInAgain(on.app, owner), address });
    const { page } = person;
    const dialog = page.getByRole('dialog');
    await button(page, t('team.members.invite')).click();
    await dialog.getByLabel(t('team.invite.emails')).fill(`${guest.email}; new@example.org`);
    await button(dialog, t('team.members.invite')).click();
    expect(await copyOf(page, 'new@example.org')).toContain('/#/signup/');
    await button(page, t('team.invite.close')).click();
    const seen = await visit(on, { account: guest, address });
    await seen.page.getByText(t('team.needs.creator', { role: t('team.roles.viewer') })).waitFor();
    expect(await button(seen.page, t('team.members.invite')).isDisabled()).toBe(true);
    await expectAccessible(seen.page);
    await page.getByLabel(t('team.members.roleOf', { name: guest.email })).selectOption('creator');
    const role = t('team.roles.creator');
    await page.getByText(t('team.members.roleChanged', { name: guest.email, role })).waitFor();
    await seen.page.reload();
    await seen.page.locator('button:enabled', { hasText: t('team.members.invite') }).waitFor();
    await choose(page, actionsOf(person, guest.email), t('team.members.remove'));
    await button(dialog, t('team.members.remove')).click();
    await page.getByText(t('team.members.removed', { name: guest.email })).waitFor();
    expect(await ask(on, `/api/v2/meta/bases/${baseId}`, { 'xc-auth': guest.jwt })).toBe(403);
  });

  test('a base is renamed, coloured, duplicated and deleted by its name', async () => {
    const baseId = await createBaseOf(on.app, owner.jwt, 'Draft');
    const { page } = await visit(on, {
      account: await signInAgain(on.app, owner),
      address: `#/base/${baseId}/settings/base`,
    });
    await page.locator('[name=title]').fill('Final');
    await page.getByRole('radio', { name: t('ui.colors.violet') }).check({ force: true });
    await button(page, t('common.save')).click();
    await page.getByText(t('team.base.saved')).waitFor();
    const path = `/api/v2/meta/bases/${baseId}`;
    const read = await on.app.inject({ method: 'GET', path, jwt: owner.jwt });
    expect(read.body).toMatchObject({ title: 'Final', color: expect.stringMatching(/^#/) });
    await expectAccessible(page);
    await button(page, t('team.delete.action')).click();
    const dialog = page.getByRole('dialog');
    expect(await button(dialog, t('team.delete.action')).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Final');
    await button(dialog, t('team.delete.action')).click();
    await page.getByText(t('team.delete.done', { name: 'Final' })).waitFor();
    expect(await ask(on, path, { 'xc-auth': owner.jwt })).toBe(404);
    const kept = await createBaseOf(on.app, owner.jwt, 'Model');
    await page.goto(`/#/base/${kept}/settings/base`);
    await page.reload();
    await button(page, t('common.duplicate')).click();
    await page.getByText(t('team.duplicate.done', { name: 'Model' })).waitFor();
    expect(page.url()).not.toContain(kept);
  });
}

describeInBrowser('settings', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    owner = await createAccount(on.app);
  });
  ownSettings();
  ofAdmins();
  ofBases();
});
