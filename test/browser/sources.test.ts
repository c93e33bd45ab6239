import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chinookPath } from '../support/importing.ts';
import { cellToBe, rowCount } from './gridSteps.ts';
import { createCreator, type Person, sidebar, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, expectAccessible, startBrowserApp } from './support.ts';

/** An existing database, from the first click to its rows. */
let on: BrowserApp;
let folder: string;

async function openDialog(person: Person): Promise<void> {
  const { page, t } = person;
  await page
    .getByRole('main')
    .getByRole('button', { name: t('sources.connectTitle'), exact: true })
    .click();
  await page.getByRole('dialog').waitFor();
}

const press = async ({ page, t }: Person, key: string): Promise<void> =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: t(key), exact: true })
    .click();

async function fillFile(person: Person, name: string): Promise<void> {
  const { page, t } = person;
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('sources.clients.sqlite3'), { exact: true }).click();
  await dialog.getByLabel(t('sources.fields.filename')).fill(name);
}

describeInBrowser('an existing database in the browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rowgate-shop-'));
    copyFileSync(chinookPath, join(folder, 'music.sqlite'));
    on = await startBrowserApp({ ROWGATE_SQLITE_SOURCES: folder });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['en', 1280, false],
    ['fr', 390, true],
  ] as const)(
    'Chinook is connected and its rows are there (%s, %i wide, dark: %s)',
    async (language, width, dark) => {
      const account = await createCreator(on.app);
      const person = await visit(on, { account, language, width, dark });
      const { page, t } = person;
      await openDialog(person);
      await fillFile(person, 'no-such.sqlite');
      await press(person, 'sources.test');
      await page.getByRole('alert').getByText('ROWGATE_SQLITE_SOURCES').waitFor();
      await fillFile(person, 'music.sqlite');
      await press(person, 'sources.test');
      await page.getByText(t('sources.works')).waitFor();
      await expectAccessible(page);
      await press(person, 'sources.next');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: 'Playlist', exact: true }).uncheck();
      await dialog.getByLabel(t('sources.searchTables')).fill('track');
      await expect.poll(() => dialog.getByRole('list').getByRole('checkbox').count()).toBe(2);
      await expectAccessible(page);
      await press(person, 'sources.connect');
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => page.url()).toContain('/base/');
      await page.getByRole('main').getByRole('link', { name: 'Artist', exact: true }).click();
      await expect.poll(() => rowCount(page), { timeout: 45_000 }).toBe(275); // read-only: no line for a new one
      await cellToBe(page, 'Name', 0, 'AC/DC');
      expect(await page.getByRole('main').getByRole('link', { name: 'Playlist', exact: true }).count()).toBe(
        0,
      );
    },
  );

  test('what changed there is told, taken over, and the database disconnected', async () => {
    const account = await createCreator(on.app);
    const person = await visit(on, { account });
    const { page, t } = person;
    await openDialog(person);
    await fillFile(person, 'music.sqlite');
    await press(person, 'sources.next');
    await press(person, 'sources.connect');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const db = new Sqlite(join(folder, 'music.sqlite'));
    db.exec('create table concert (id integer primary key, place text)');
    db.close();
    await page
      .getByRole('main')
      .getByRole('link', { name: t('bases.teamAndSettings'), exact: true })
      .click();
    await page.getByRole('tab', { name: t('sources.tab'), exact: true }).click();
    const menu = page.getByRole('button', {
      name: t('sources.menuOf', { name: 'music.sqlite' }),
      exact: true,
    });
    await menu.click();
    await page.getByRole('menuitem', { name: t('sources.sync'), exact: true }).click();
    await page.getByText(t('sources.changes.added')).waitFor();
    await expectAccessible(page);
    await press(person, 'sources.apply');
    await sidebar(person).getByText('concert', { exact: true }).waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: t('sources.remove'), exact: true }).click();
    await press(person, 'sources.remove');
    await page.getByText(t('sources.none'), { exact: true }).waitFor();
    await expect.poll(() => sidebar(person).getByText('concert', { exact: true }).count()).toBe(0);
  });
});
