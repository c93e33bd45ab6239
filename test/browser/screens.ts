import type { Locator, Page } from 'playwright-core';
import { chinook, importFile } from '../support/importing.ts';
import { type Account, createAccount, createBaseOf, createTableOf, done, insertRows } from './steps.ts';
import type { BrowserApp } from './support.ts';
import type { Words } from './words.ts';

/** Every screen there is, with something on it. */
export interface World {
  readonly owner: Account;
  readonly baseId: string;
  readonly customersId: string;
  /** Of the next two. */
  readonly otherId: string;
  readonly everythingId: string;
  readonly emptyId: string;
}

const everyType = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'Notes', uidt: 'LongText' },
  { title: 'Price', uidt: 'Currency' },
  { title: 'Part', uidt: 'Percent' },
  { title: 'Took', uidt: 'Duration' },
  { title: 'Stars', uidt: 'Rating' },
  { title: 'Done', uidt: 'Checkbox' },
  { title: 'Day', uidt: 'Date' },
  { title: 'Moment', uidt: 'DateTime' },
  { title: 'State', uidt: 'SingleSelect', colOptions: { options: [{ title: 'open' }, { title: 'closed' }] } },
  { title: 'Mail', uidt: 'Email' },
  { title: 'Web', uidt: 'URL' },
  { title: 'More', uidt: 'JSON' },
];
const record = {
  Name: 'Tea',
  Notes: 'first line\nsecond line',
  Price: 3.5,
  Part: 40,
  Took: 90,
  Stars: 4,
  Done: true,
  Day: '2026-02-03',
  Moment: '2026-02-03 04:05:06+00:00',
  State: 'open',
  Mail: 'a@example.org',
  Web: 'https://example.org',
  More: { a: [1, 2] },
};

/** Chinook, a table with a column of most types, and an empty one. */
export async function createWorld({ app }: BrowserApp): Promise<World> {
  const owner = await createAccount(app, 'ada@example.org');
  const { jwt } = owner;
  await createAccount(app);
  const baseId = await createBaseOf(app, jwt, 'Chinook');
  await importFile(app, jwt, baseId, chinook());
  const { list } = await done(app, { method: 'GET', path: `/api/v2/meta/bases/${baseId}/tables`, jwt });
  const customersId = list.find((table: { title: string }) => table.title === 'Customer').id;
  const otherId = await createBaseOf(app, jwt, 'Workshop');
  const everythingId = await createTableOf(app, jwt, otherId, 'Everything', everyType);
  await insertRows(app, jwt, everythingId, [record, { Name: 'nothing else' }]);
  const emptyId = await createTableOf(app, jwt, otherId, 'Empty', [
    { title: 'Name', uidt: 'SingleLineText' },
  ]);
  await done(app, {
    method: 'POST',
    path: `/api/v2/meta/bases/${baseId}/api-tokens`,
    jwt,
    body: { description: 'Till' },
  });
  await done(app, { method: 'POST', path: '/api/v2/tokens', jwt, body: { description: 'Report' } });
  return { owner, baseId, customersId, otherId, everythingId, emptyId };
}

export interface Screen {
  readonly name: string;
  readonly address: string;
  /** What is there once the screen is. */
  readonly ready: (page: Page) => Locator;
  /** What opens the part of it that is meant. */
  readonly open?: (page: Page) => Promise<void>;
  /** Where to look; otherwise everywhere. */
  readonly within?: string;
}

const heading =
  (text: string) =>
  (page: Page): Locator =>
    page.getByRole('heading', { name: text }).first();
const button =
  (text: string) =>
  (page: Page): Locator =>
    page.getByRole('button', { name: text, exact: true }).first();
const rowsShown = (page: Page): Locator => page.locator('[role=grid] td[role=gridcell]').nth(1);

export const signedOutScreens = (t: Words): Screen[] => [
  { name: 'sign-in', address: '#/signin', ready: button(t('auth.signIn')) },
  { name: 'sign-up', address: '#/signup', ready: button(t('auth.createAccount')) },
  { name: 'forgot', address: '#/forgot', ready: button(t('auth.sendLink')) },
  { name: 'reset link', address: '#/reset/none', ready: (page) => page.getByRole('alert') },
];

const accountTabs = ['profile', 'tokens', 'sessions', 'language', 'theme', 'users', 'settings'] as const;
const teamTabs = ['members', 'tokens', 'base'] as const;

/** Screens that are pages of their own. */
export function pages(t: Words, { baseId, customersId, otherId, everythingId, emptyId }: World): Screen[] {
  const table = (base: string, id: string): string => `#/base/${base}/table/${id}`;
  return [
    { name: 'home', address: '#/', ready: heading(t('nav.bases')) },
    { name: 'base', address: `#/base/${baseId}`, ready: heading(t('bases.tables')) },
    { name: 'table', address: table(baseId, customersId), ready: rowsShown },
    { name: 'table of every type', address: table(otherId, everythingId), ready: rowsShown },
    {
      name: 'empty table',
      address: table(otherId, emptyId),
      ready: (page) => page.getByText(t('grid.empty')),
    },
    ...accountTabs.map((tab) => ({
      name: `account: ${tab}`,
      address: `#/account/${tab}`,
      ready: (page: Page) =>
        page.getByRole('tab', { name: t(`account.${tab}.tab`), exact: true, selected: true }),
    })),
    ...teamTabs.map((tab) => ({
      name: `team: ${tab}`,
      address: `#/base/${baseId}/settings/${tab}`,
      ready: (page: Page) =>
        page.getByRole('tab', { name: t(`team.${tab}.tab`), exact: true, selected: true }),
    })),
    { name: 'nothing there', address: '#/nowhere', ready: heading(t('common.notFound')) },
  ];
}

/** Menus, panels and dialogs. */
export function overlays(t: Words, { baseId, otherId, everythingId }: World): Screen[] {
  const address = `#/base/${otherId}/table/${everythingId}`;
  const ready = (page: Page): Locator => page.getByRole('dialog').or(page.getByRole('menu')).first();
  const base = `#/base/${baseId}`;
  const part = (name: string, place: string, open: (page: Page) => Promise<void>): Screen => ({
    name,
    address: place,
    ready,
    open,
    within: '[data-portal]',
  });
  const panel = (key: string, after?: string): Screen =>
    part(t(key), address, async (page) => {
      await button(t(key))(page).click();
      if (after !== undefined)
        await page
          .getByRole('dialog')
          .getByRole('button', { name: t(after), exact: true })
          .click();
    });
  const keys = (name: string, ...presses: string[]): Screen => ({
    name,
    address,
    ready,
    open: async (page) => {
      const box = await page.getByTestId('data-grid-canvas').boundingBox();
      await page.mouse.click((box?.x ?? 0) + 120, (box?.y ?? 0) + 50);
      for (const press of presses) await page.keyboard.press(press);
    },
  });
  return [
    panel('views.fields'),
    panel('views.filter', 'views.addFilter'),
    panel('views.sort', 'views.addSort'),
    panel('views.groupBy'),
    panel('apiPanel.open'),
    panel('columns.add'),
    panel('bases.createBase'),
    keys('record', 'Home', 'Space'),
    keys('row menu', 'Home', 'Shift+F10'),
    keys('column menu', 'Home', 'ArrowRight', 'Alt+m'),
    part('shortcuts', base, (page) => page.keyboard.press('?')),
    part('user menu', '#/', (page) => button(t('nav.userMenu'))(page).click()),
    part('menu of a base', '#/', (page) => button(t('bases.menuOf', { title: 'Chinook' }))(page).click()),
    part('new token', `${base}/settings/tokens`, (page) => button(t('team.tokens.add'))(page).click()),
    part('menu of a token', `${base}/settings/tokens`, (page) =>
      button(`${t('common.actions')}: Till`)(page).click(),
    ),
    part('import', base, (page) => button(t('bases.importFile'))(page).click()),
  ];
}

/** Goes there and waits until nothing moves any more. */
export async function show(page: Page, screen: Screen): Promise<void> {
  await page.evaluate((address) => {
    window.location.hash = address;
  }, screen.address);
  if (screen.open !== undefined) {
    const background = screen.address.includes('/table/') ? rowsShown(page) : page.getByRole('main');
    await background.waitFor({ state: 'attached' });
    await screen.open(page);
  }
  await screen.ready(page).waitFor({ state: 'attached' });
  await settle(page);
}

/** No animation runs and nothing is being loaded. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const busy = document.querySelector('.mantine-Loader-root, .mantine-Skeleton-root, [aria-busy=true]');
    const moving = document.getAnimations().some((animation) => animation.playState === 'running');
    return busy === null && !moving;
  });
}
