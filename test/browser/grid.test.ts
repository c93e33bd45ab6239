import { beforeAll, expect, test } from 'vitest';
import {
  cellToBe,
  clickAt,
  goTo,
  openTable,
  putOnClipboard,
  records,
  rowsToBe,
  type TableWish,
  typeInto,
  valuesToBe,
} from './gridSteps.ts';
import { createAccount, done, signInAgain, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, readClipboard, startBrowserApp } from './support.ts';

/** The grid as a spreadsheet; what is seen there is what the API tells. */
let on: BrowserApp;

const goods: TableWish = {
  columns: [
    { title: 'Name', uidt: 'SingleLineText' },
    { title: 'Price', uidt: 'Number' },
    { title: 'Code', uidt: 'SingleLineText', unique: true },
  ],
  rows: [
    { Name: 'Tea', Price: 3, Code: 'T1' },
    { Name: 'Coffee', Price: 5, Code: 'C1' },
    { Name: 'Cocoa', Price: 4, Code: 'C2' },
    { Name: 'Milk', Price: 1, Code: 'M1' },
  ],
};
const names = goods.rows?.map((row) => (row as { Name: string }).Name) ?? [];

function cells(): void {
  test('a cell is edited; undo and redo', async () => {
    const table = await openTable(on, goods);
    const { page } = table;
    await cellToBe(page, 'Name', 1, 'Coffee');
    await typeInto(page, 'Name', 1, 'Espresso');
    await cellToBe(page, 'Name', 1, 'Espresso');
    await valuesToBe(on, table, 'Name', ['Tea', 'Espresso', 'Cocoa', 'Milk']);
    await typeInto(page, 'Price', 1, '7');
    await valuesToBe(on, table, 'Price', [3, 7, 4, 1]);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await valuesToBe(on, table, 'Name', names);
    await valuesToBe(on, table, 'Price', [3, 5, 4, 1]);
    await cellToBe(page, 'Name', 1, 'Coffee');
    await page.keyboard.press('Control+Shift+z');
    await valuesToBe(on, table, 'Name', ['Tea', 'Espresso', 'Cocoa', 'Milk']);
    await page.reload();
    await cellToBe(page, 'Name', 1, 'Espresso');
  });

  test('a click on the selected cell brings the keys back from the toolbar', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await goTo(page, 'Id', 1);
    await page.getByRole('searchbox', { name: t('views.search') }).click();
    await clickAt(page, 120, 36 + 34 + 17);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role=region]') !== null))
      .toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Cacao');
    await page.keyboard.press('Enter');
    await valuesToBe(on, table, 'Name', ['Tea', 'Coffee', 'Cacao', 'Milk']);
  });

  test('a page down and up again leads back, and never past the last record', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => ({ Name: `record ${row}` }));
    const table = await openTable(on, { columns: goods.columns, rows });
    const { page } = table;
    await goTo(page, 'Name', 2);
    const selectedRow = () =>
      page
        .locator('[role=grid] tr:has(td[role=gridcell][aria-selected=true])')
        .first()
        .getAttribute('aria-rowindex');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageDown');
    await expect.poll(async () => Number(await selectedRow())).toBeGreaterThan(30);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageUp');
    // a page is as high as what is in sight, which may be a row more or less
    await expect.poll(async () => Number(await selectedRow())).toBeLessThan(9);
    await page.keyboard.press('Control+End');
    await page.keyboard.press('PageDown');
    await expect.poll(selectedRow).toBe('401');
  });

  test('what the server refuses is taken back, with its reason', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await typeInto(page, 'Code', 1, 'T1');
    const alert = page.getByRole('alert').filter({ hasText: t('grid.notSaved') });
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/Code/);
    await cellToBe(page, 'Code', 1, 'C1');
    await valuesToBe(on, table, 'Code', ['T1', 'C1', 'C2', 'M1']);
    await typeInto(page, 'Price', 0, 'cheap');
    await page.keyboard.press('Escape');
    await cellToBe(page, 'Price', 0, '3');
    await valuesToBe(on, table, 'Price', [3, 5, 4, 1]);
  });

  test('a thousand cells are pasted from a spreadsheet, at once and undone at once', async () => {
    const titles = Array.from({ length: 10 }, (_, index) => `Column ${index}`);
    const rows = Array.from({ length: 20 }, (_, row) => ({ [titles[0] ?? '']: `before ${row}` }));
    const columns = titles.map((title) => ({ title, uidt: 'SingleLineText' }));
    const table = await openTable(on, { columns, rows });
    const { page, t } = table;
    const text = (row: number, column: number): string => `r${row} "c"${column}`;
    const line = (row: number): string =>
      titles.map((_, column) => `"${text(row, column).replaceAll('"', '""')}"`).join('\t');
    await putOnClipboard(page, Array.from({ length: 100 }, (_, row) => line(row)).join('\r\n'));
    await goTo(page, 'Column 0', 0);
    await page.keyboard.press('Control+v');
    await page.getByRole('button', { name: t('grid.addRows', { count: 80 }), exact: true }).click();
    await rowsToBe(page, 100);
    const stored = await records(on, table);
    expect(stored).toHaveLength(100);
    for (const [row, record] of stored.entries())
      for (const [column, title] of titles.entries()) expect(record[title]).toBe(text(row, column));
    await cellToBe(page, 'Column 1', 0, text(0, 1));
    await page.keyboard.press('Control+z');
    await rowsToBe(page, 20);
    await valuesToBe(
      on,
      table,
      'Column 0',
      rows.map((row) => Object.values(row)[0]),
    );
    await valuesToBe(
      on,
      table,
      'Column 9',
      rows.map(() => null),
    );
  });

  test('a range is copied as a spreadsheet reads it; fill down repeats and counts on', async () => {
    const table = await openTable(on, goods);
    const { page } = table;
    await goTo(page, 'Name', 0);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+c');
    await expect.poll(() => readClipboard(page)).toBe('Tea\t3\nCoffee\t5');
    await goTo(page, 'Name', 0);
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await valuesToBe(on, table, 'Name', ['Tea', 'Tea', 'Tea', 'Tea']);
    await cellToBe(page, 'Name', 3, 'Tea');
    await page.keyboard.press('Control+z');
    await valuesToBe(on, table, 'Name', names);
  });
}

function rows(): void {
  test('rows are added, deleted and brought back', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await goTo(page, 'Name', 0);
    await page.keyboard.press('Alt+r');
    await rowsToBe(page, 5);
    await expect.poll(async () => (await records(on, table)).length).toBe(5);
    await goTo(page, 'Name', 1);
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: t('grid.deleteRow'), exact: true }).click();
    await rowsToBe(page, 4);
    await valuesToBe(on, table, 'Name', ['Tea', 'Cocoa', 'Milk', null]);
    await page.keyboard.press('Control+z');
    await rowsToBe(page, 5);
    expect((await records(on, table)).map((record) => record.Name)).toContain('Coffee');
  });

  test('a record with all its fields, the next one, and its own edit', async () => {
    const table = await openTable(on, goods);
    const { page, t } = table;
    await goTo(page, 'Name', 0);
    await page.keyboard.press('Space');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: 'Code' }).waitFor();
    await drawer.getByRole('button', { name: t('record.next'), exact: true }).click();
    const name = drawer.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.inputValue()).toBe('Coffee');
    await name.fill('Mocha');
    await name.press('Tab');
    await valuesToBe(on, table, 'Name', ['Tea', 'Mocha', 'Cocoa', 'Milk']);
    await drawer.getByRole('button', { name: t('common.close'), exact: true }).click();
    await cellToBe(page, 'Name', 1, 'Mocha');
  });

  test('somebody else sees a change without reload', async () => {
    const table = await openTable(on, goods);
    const other = await visit(on, {
      account: await signInAgain(on.app, table.account),
      address: table.address,
    });
    await cellToBe(other.page, 'Name', 0, 'Tea');
    await typeInto(table.page, 'Name', 0, 'Green tea');
    await cellToBe(other.page, 'Name', 0, 'Green tea', 5_000);
    const body = [{ Name: 'Sugar', Price: 2 }];
    const path = `/api/v2/tables/${table.tableId}/records`;
    await done(on.app, { method: 'POST', path, jwt: table.jwt, body });
    await rowsToBe(other.page, 5);
    await rowsToBe(table.page, 5);
  });

  test('what changes before the page hears of changes is not missed', async () => {
    const table = await openTable(on, goods);
    const { page } = table;
    await page.goto('about:blank');
    let letThrough: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/events*', async (route) => {
      await opened;
      await route.continue();
    });
    await page.goto(`${on.url}/${table.address}`);
    await cellToBe(page, 'Name', 0, 'Tea');
    const path = `/api/v2/tables/${table.tableId}/records`;
    await done(on.app, { method: 'PATCH', path, jwt: table.jwt, body: [{ Id: 1, Name: 'Green tea' }] });
    letThrough();
    await cellToBe(page, 'Name', 0, 'Green tea');
  });

  test('a hundred thousand rows: the last one is there at once', async () => {
    const table = await openTable(on, { columns: goods.columns });
    const many = Array.from({ length: 100_000 }, (_, index) => ({ Name: `Row ${index + 1}`, Price: index }));
    const path = `/api/v2/tables/${table.tableId}/records`;
    for (let from = 0; from < many.length; from += 10_000)
      await done(on.app, { method: 'POST', path, jwt: table.jwt, body: many.slice(from, from + 10_000) });
    const { page } = table;
    await page.reload();
    await rowsToBe(page, 100_000);
    await goTo(page, 'Name', 0);
    await page.keyboard.press('Control+End');
    await cellToBe(page, 'Name', 99_999, 'Row 100000');
    await page.keyboard.press('Control+Home');
    await cellToBe(page, 'Name', 0, 'Row 1');
  });
}

describeInBrowser('the grid', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    await createAccount(on.app);
  });
  cells();
  rows();
});
