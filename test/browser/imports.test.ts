import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { chinookPath, chinookRows } from '../support/importing.ts';
import { cellToBe, openTable, rowsToBe } from './gridSteps.ts';
import { choose, createAccount, createCreator, done, type Person, sidebar, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, startBrowserApp } from './support.ts';

/** Files in and out, through the browser's own file chooser and downloads. */
let on: BrowserApp;

interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const csv = (name: string, lines: readonly string[]): ChosenFile => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\r\n')),
});

const goods = csv('my goods.csv', ['Name;Price', 'Tea;3', '"Coffee; ground";5', 'Cocoa;a lot', 'Milk;1']);

async function openCreator(): Promise<Person> {
  return visit(on, { account: await createCreator(on.app) });
}

/** Home → Import a file → Choose a file. */
async function chooseFile({ page, t }: Person, file: ChosenFile | string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: t('bases.importFile'), exact: true })
    .click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: t('imports.choose'), exact: true }).click(),
  ]);
  await chooser.setFiles(file);
}

const start = ({ page, t }: Person): Promise<void> =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: t('imports.start'), exact: true })
    .click();

async function contentOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8').replace(/^\uFEFF/, '');
}

/** Drops a file onto the page, as from a folder of the computer. */
async function drop(page: Page, { name, mimeType, buffer }: ChosenFile): Promise<void> {
  await page.evaluate(
    ({ title, type, text }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], title, { type }));
      for (const event of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { title: name, type: mimeType, text: buffer.toString() },
  );
}

async function tablesOf(person: Person, baseTitle: string): Promise<{ id: string; title: string }[]> {
  const { jwt } = person;
  const bases = await done(on.app, { method: 'GET', path: '/api/v2/meta/bases/', jwt });
  const base = bases.list.find((one: { title: string }) => one.title === baseTitle);
  return (await done(on.app, { method: 'GET', path: `/api/v2/meta/bases/${base.id}/tables`, jwt })).list;
}

function filesIn(): void {
  test('a CSV file: looked at, a type corrected, refused rows told and taken along', async () => {
    const person = await openCreator();
    const { page, t } = person;
    await chooseFile(person, goods);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t('imports.rowsFound', { count: 4, rows: '4' })).waitFor();
    await dialog.getByRole('cell', { name: 'Coffee; ground', exact: true }).waitFor();
    await dialog
      .getByRole('combobox', { name: t('imports.typeOf', { column: 'Price' }) })
      .selectOption('Number');
    await dialog.getByRole('textbox', { name: t('imports.baseTitle') }).fill('From a file');
    await start(person);
    await dialog.getByText(t('imports.someRefused', { count: 1 })).waitFor();
    const refused = dialog.getByRole('row', { name: /a lot/ });
    expect(await refused.textContent()).toContain('Price');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: t('imports.downloadRefused'), exact: true }).click(),
    ]);
    expect(await contentOf(download)).toContain('a lot');
    await dialog.getByRole('button', { name: t('imports.openTable'), exact: true }).click();
    await rowsToBe(page, 3);
    await cellToBe(page, 'Name', 1, 'Coffee; ground');
    await cellToBe(page, 'Price', 2, '1');
    await sidebar(person).getByRole('link', { name: 'From a file', exact: true }).waitFor();
  });

  test('a file that is dropped on a base becomes a table there', async () => {
    const table = await openTable(on, { columns: [{ title: 'Name', uidt: 'SingleLineText' }] });
    const { page, t } = table;
    await drop(page, csv('cities.csv', ['City,People', 'Lyon,522250', 'Graz,291134']));
    await page
      .getByRole('dialog')
      .getByText(t('imports.rowsFound', { count: 2, rows: '2' }))
      .waitFor();
    await start(table);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await cellToBe(page, 'City', 1, 'Graz');
    expect((await tablesOf(table, 'Shop')).map((one) => one.title)).toEqual(['Goods', 'cities']);
  });

  test('a SQLite file: every table of Chinook with all its rows', async () => {
    const person = await openCreator();
    const { page, t } = person;
    await chooseFile(person, chinookPath);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: t('imports.tablesFound', { count: 11 }) }).waitFor();
    await dialog.getByRole('textbox', { name: t('imports.baseTitle') }).fill('Chinook');
    await start(person);
    await dialog.waitFor({ state: 'detached', timeout: 60_000 });
    const counts = new Map<string, number>();
    for (const table of await tablesOf(person, 'Chinook')) {
      const path = `/api/v2/tables/${table.id}/records/count`;
      counts.set(table.title, (await done(on.app, { method: 'GET', path, jwt: person.jwt })).count);
    }
    expect(counts).toEqual(new Map([...chinookRows()].map(([title, rows]) => [title, rows.length])));
  });

  test('a column is left out', async () => {
    const person = await openCreator();
    const { page, t } = person;
    const people = csv('people.csv', ['Name,Secret,Age', 'Ann,x,41', 'Ben,y,7']);
    await chooseFile(person, people);
    const dialog = page.getByRole('dialog');
    const bring = (column: string) => dialog.getByRole('checkbox', { name: t('imports.bring', { column }) });
    await bring('Secret').uncheck();
    await bring('Age').uncheck();
    expect(await bring('Name').isDisabled()).toBe(true);
    await bring('Age').check();
    await start(person);
    await dialog.waitFor({ state: 'detached' });
    const [table] = await tablesOf(person, 'people');
    const path = `/api/v2/tables/${table?.id}/records`;
    const { list } = await done(on.app, { method: 'GET', path, jwt: person.jwt });
    expect(list).toMatchObject([
      { Name: 'Ann', Age: 41 },
      { Name: 'Ben', Age: 7 },
    ]);
    expect(list[0]).not.toHaveProperty('Secret');
  });

  test('what is no table is refused with a reason', async () => {
    const person = await openCreator();
    const { page, t } = person;
    await chooseFile(person, {
      name: 'a.sqlite',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([1, 0, 2]),
    });
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .filter({ hasText: t('imports.unreadable') })
      .waitFor();
    expect(await page.getByRole('button', { name: t('imports.start'), exact: true }).isDisabled()).toBe(true);
  });
}

function filesOut(): void {
  test('a table leaves as CSV, and what left comes back the same', async () => {
    const rows = [
      { Name: 'Tea, green', Price: 3 },
      { Name: 'a "quoted"\nline', Price: null },
    ];
    const columns = [
      { title: 'Name', uidt: 'LongText' },
      { title: 'Price', uidt: 'Number' },
    ];
    const table = await openTable(on, { columns, rows });
    const { page, t } = table;
    const menu = sidebar(table).getByRole('button', {
      name: t('bases.menuOf', { title: 'Goods' }),
      exact: true,
    });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      choose(page, menu, t('bases.exportCsv')),
    ]);
    expect(basename(download.suggestedFilename())).toBe('Goods.csv');
    const text = await contentOf(download);
    expect(text.split(/\r?\n/)[0]).toContain('Name');
    await drop(page, { name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page
      .getByRole('dialog')
      .getByText(t('imports.rowsFound', { count: 2, rows: '2' }))
      .waitFor();
    await start(table);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const again = (await tablesOf(table, 'Shop')).find((one) => one.title === 'again');
    const path = `/api/v2/tables/${again?.id}/records`;
    const { list } = await done(on.app, { method: 'GET', path, jwt: table.jwt });
    expect(list).toMatchObject(rows);
  });

  test('a view leaves as Excel', async () => {
    const columns = [{ title: 'Name', uidt: 'SingleLineText' }];
    const table = await openTable(on, { columns, rows: [{ Name: 'Tea' }] });
    const { page, t } = table;
    const button = page.getByRole('button', { name: t('views.export'), exact: true });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      choose(page, button, t('views.exportExcel')),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    expect(
      readFileSync(await download.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });
}

describeInBrowser('files', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    await createAccount(on.app);
  });
  filesIn();
  filesOut();
});
