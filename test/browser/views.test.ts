import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import {
  cellText,
  cellToBe,
  goTo,
  type OpenTable,
  openTable,
  records,
  rowsToBe,
  type TableWish,
  titlesOf,
  typeInto,
  valuesToBe,
} from './gridSteps.ts';
import { createAccount, done, signInAgain, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, startBrowserApp } from './support.ts';

/** What a view shows of a table, and the columns themselves; all of it is kept and counts for the API. */
let on: BrowserApp;

const goods: TableWish = {
  columns: [
    { title: 'Name', uidt: 'SingleLineText' },
    { title: 'Price', uidt: 'Number' },
    { title: 'Size', uidt: 'SingleLineText' },
  ],
  rows: [
    { Name: 'Tea', Price: 3, Size: '10' },
    { Name: 'Coffee', Price: 5, Size: 'large' },
    { Name: 'Cocoa', Price: 4, Size: '20' },
    { Name: 'Milk', Price: 1, Size: '10' },
  ],
};

const button = (place: Page | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true });

/** Chooses in a list that opens below its field. */
async function select(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const shownNames = async (page: Page, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, row) => cellText(page, 'Name', row)));
const namesToBe = (page: Page, names: readonly string[]): Promise<void> =>
  expect.poll(() => shownNames(page, names.length), { timeout: 45_000 }).toEqual(names);

/** What a program gets that reads the view. */
async function namesOfView(table: OpenTable): Promise<unknown[]> {
  const { tableId, jwt } = table;
  const { views } = await done(on.app, { method: 'GET', path: `/api/v2/meta/tables/${tableId}`, jwt });
  const path = `/api/v2/tables/${tableId}/records?viewId=${views[0].id}`;
  const { list } = await done(on.app, { method: 'GET', path, jwt });
  return list.map((row: { Name: unknown }) => row.Name);
}

async function openColumnMenu(table: OpenTable, title: string): Promise<Locator> {
  await goTo(table.page, title, 0);
  await table.page.keyboard.press('Alt+m');
  const menu = table.page.getByRole('menu');
  await menu.waitFor();
  return menu;
}

function whatIsShown(): void {
  test('a filter: fewer rows, here, after a reload and in the API', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await button(page, t('views.filter')).click();
    const panel = page.getByRole('dialog', { name: t('views.filter') });
    await button(panel, t('views.addFilter')).click();
    await select(page, panel.getByRole('combobox', { name: t('views.field') }), 'Price');
    await select(
      page,
      panel.getByRole('combobox', { name: t('views.operator') }),
      t('views.operators.number.gte'),
    );
    await panel.getByRole('textbox', { name: t('views.value') }).fill('4');
    await rowsToBe(page, 2);
    await namesToBe(page, ['Coffee', 'Cocoa']);
    await page.keyboard.press('Escape');
    await page.reload();
    await rowsToBe(page, 2);
    await expect.poll(() => namesOfView(table)).toEqual(['Coffee', 'Cocoa']);
  });

  test('a sort, from the menu of the field, and the search', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    const menu = await openColumnMenu(table, 'Price');
    await menu.getByRole('menuitem', { name: t('columns.sortDescending'), exact: true }).click();
    await namesToBe(page, ['Coffee', 'Cocoa', 'Tea', 'Milk']);
    await expect.poll(() => namesOfView(table)).toEqual(['Coffee', 'Cocoa', 'Tea', 'Milk']);
    await page.getByRole('searchbox', { name: t('views.search') }).fill('co');
    await rowsToBe(page, 2);
    await namesToBe(page, ['Coffee', 'Cocoa']);
  });

  test('a field is hidden and shown again', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    const menu = await openColumnMenu(table, 'Size');
    await menu.getByRole('menuitem', { name: t('columns.hide'), exact: true }).click();
    await expect.poll(() => titlesOf(page)).not.toContain('Size');
    await button(page, t('views.fields')).click();
    const panel = page.getByRole('dialog', { name: t('views.fields') });
    await panel.getByRole('switch', { name: t('views.showField', { title: 'Size' }) }).click({ force: true });
    await expect.poll(() => titlesOf(page)).toContain('Size');
  });

  test('records are put together by a field', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    const menu = await openColumnMenu(table, 'Size');
    await menu.getByRole('menuitem', { name: t('columns.groupBy'), exact: true }).click();
    const group = page.getByRole('button', { name: /Size\s*10/ });
    await group.waitFor();
    expect(await group.textContent()).toMatch(/2$/);
    if ((await group.getAttribute('aria-expanded')) !== 'true') await group.click();
    await namesToBe(page, ['Tea', 'Milk']);
  });

  test('grouped by two fields, groups stand inside groups', async () => {
    const table = await openTable(on, {
      columns: [
        { title: 'Name', uidt: 'SingleLineText' },
        { title: 'Kind', uidt: 'SingleLineText' },
        { title: 'Size', uidt: 'Number' },
      ],
      rows: [
        { Name: 'Tea', Kind: 'drink', Size: 10 },
        { Name: 'Milk', Kind: 'drink', Size: 20 },
        { Name: 'Juice', Kind: 'drink', Size: 10 },
        { Name: 'Bread', Kind: 'food', Size: 10 },
      ],
    });
    const { page, t } = table;
    for (const field of ['Kind', 'Size']) {
      await button(page, t('views.groupBy')).click();
      const panel = page.getByRole('dialog', { name: t('views.groupBy') });
      await button(panel, t('views.addGrouping')).click();
      const choice = panel
        .getByRole('combobox', { name: t('views.field') })
        .or(panel.getByRole('textbox', { name: t('views.field') }));
      await choice.last().click();
      await page.getByRole('option', { name: field, exact: true }).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    const head = (name: RegExp): Locator => page.getByRole('button', { name });
    await head(/Kind\s*drink/).waitFor();
    expect(await head(/Size/).count()).toBe(0);
    await head(/Kind\s*drink/).click();
    await head(/Size\s*20/).waitFor();
    expect(await head(/Size\s*10/).textContent()).toMatch(/2$/);
    await head(/Size\s*10/).click();
    await namesToBe(page, ['Tea', 'Juice']);
    await head(/Kind\s*food/).click();
    await expect.poll(() => head(/Size\s*10/).count()).toBe(2);
    await head(/Size\s*10/)
      .last()
      .click();
    await namesToBe(page, ['Bread']);
    await head(/Kind\s*food/).click();
    await expect.poll(() => page.locator('[role=grid]').count()).toBe(0);
  });

  test('a second view has its own filter', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await button(page, t('views.create')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t('views.name') }).fill('Dear ones');
    await button(dialog, t('views.createAction')).click();
    const tabs = page.getByRole('navigation', { name: t('views.views') });
    await tabs.getByRole('link', { name: 'Dear ones', exact: true }).waitFor();
    await rowsToBe(page, 4);
    const menu = await openColumnMenu(table, 'Name');
    await menu.getByRole('menuitem', { name: t('columns.filterBy'), exact: true }).click();
    const panel = page.getByRole('dialog', { name: t('views.filter') });
    await panel.getByRole('textbox', { name: t('views.value') }).fill('co');
    await rowsToBe(page, 2);
    await page.keyboard.press('Escape');
    await tabs.getByRole('link', { name: 'Goods', exact: true }).click();
    await rowsToBe(page, 4);
  });

  test('the sum of a column comes from the database and follows an edit', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    const footer = page.getByLabel(t('views.footer'));
    await button(footer, t('views.summarizeField', { title: 'Price' })).click();
    await page.getByRole('menuitemradio', { name: t('views.aggregations.sum'), exact: true }).click();
    await expect.poll(() => footer.textContent()).toContain('13');
    await typeInto(page, 'Price', 0, '103');
    await expect.poll(() => footer.textContent()).toContain('113');
  });
}

function columns(): void {
  test('a field is added and filled', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await button(page, t('columns.add')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t('columns.title'), exact: true }).fill('Stock');
    await dialog
      .getByRole('textbox', { name: t('columns.type'), exact: true })
      .fill(t('columns.types.Number'));
    await page.getByRole('option', { name: t('columns.types.Number'), exact: true }).click();
    await button(dialog, t('columns.addAction')).click();
    await expect.poll(() => titlesOf(page)).toContain('Stock');
    await typeInto(page, 'Stock', 0, '12');
    await valuesToBe(on, table, 'Stock', [12, null, null, null]);
  });

  test('a field becomes another type, once every value fits', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    const retype = async (): Promise<Locator> => {
      const menu = await openColumnMenu(table, 'Size');
      await menu.getByRole('menuitem', { name: t('columns.edit'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('textbox', { name: t('columns.type'), exact: true })
        .fill(t('columns.types.Number'));
      await page.getByRole('option', { name: t('columns.types.Number'), exact: true }).click();
      await button(dialog, t('common.save')).click();
      return dialog;
    };
    const dialog = await retype();
    await dialog.getByText(t('columns.rejectedTitle', { count: 1 })).waitFor();
    await dialog.getByRole('cell', { name: 'large', exact: true }).waitFor();
    await button(dialog, t('common.cancel')).click();
    expect((await records(on, table)).map((record) => record.Size)).toEqual(['10', 'large', '20', '10']);
    await typeInto(page, 'Size', 1, '30');
    await valuesToBe(on, table, 'Size', ['10', '30', '20', '10']);
    await (await retype()).waitFor({ state: 'detached' });
    await valuesToBe(on, table, 'Size', [10, 30, 20, 10]);
    await cellToBe(page, 'Size', 1, '30');
  });

  test('who may only read changes nothing', async () => {
    const table = await openTable(on, goods);
    const guest = await createAccount(on.app);
    const path = `/api/v2/meta/bases/${table.baseId}/users`;
    const body = { email: guest.email, roles: 'viewer' };
    await done(on.app, { method: 'POST', path, jwt: table.jwt, body });
    const account = await signInAgain(on.app, guest);
    const { page, t } = await visit(on, { account, address: table.address });
    await cellToBe(page, 'Name', 0, 'Tea');
    expect(await page.getByText(t('grid.newRow'), { exact: true }).count()).toBe(0);
    expect(await button(page, t('columns.add')).count()).toBe(0);
    await goTo(page, 'Name', 0);
    await page.keyboard.type('x');
    await page.getByText(t('grid.readOnly')).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await valuesToBe(on, table, 'Name', ['Tea', 'Coffee', 'Cocoa', 'Milk']);
  });
}

describeInBrowser('views and fields', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    await createAccount(on.app);
  });
  whatIsShown();
  columns();
});
