import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  type Account,
  createBaseOf,
  createCreator,
  createTableOf,
  done,
  insertRows,
  type NewColumn,
  type Person,
  type Visit,
  visit,
} from './steps.ts';
import type { BrowserApp } from './support.ts';

/** What a person does in the grid: it is drawn, so they click places and press keys, and read a hidden table. */
export interface OpenTable extends Person {
  readonly account: Account;
  readonly baseId: string;
  readonly tableId: string;
  readonly address: string;
}

const headerHeight = 36;
const rowHeight = 34;

export interface TableWish {
  readonly columns: readonly NewColumn[];
  readonly rows?: readonly object[];
}

/** A person with a table of their own, on the screen. */
export async function openTable(on: BrowserApp, wish: TableWish, options: Visit = {}): Promise<OpenTable> {
  const account = await createCreator(on.app);
  const baseId = await createBaseOf(on.app, account.jwt, 'Shop');
  const tableId = await createTableOf(on.app, account.jwt, baseId, 'Goods', wish.columns);
  if (wish.rows !== undefined && wish.rows.length > 0)
    await insertRows(on.app, account.jwt, tableId, wish.rows);
  const address = `#/base/${baseId}/table/${tableId}`;
  const person = await visit(on, { ...options, account, address });
  await rowsToBe(person.page, wish.rows?.length ?? 0);
  return { ...person, account, baseId, tableId, address };
}

const grid = (page: Page): Locator => page.locator('[role=grid]');

/** How many rows the grid says it has. */
export async function rowCount(page: Page): Promise<number> {
  const shown = grid(page);
  if ((await shown.count()) === 0) return -1;
  const rows = Number(await shown.getAttribute('aria-rowcount')) - 1; // without the head
  // Who may add rows has a line for a new one.
  return rows;
}

export async function titlesOf(page: Page): Promise<string[]> {
  return (await grid(page).locator('[role=columnheader]').allTextContents()).filter((title) => title !== '');
}

export const rowsToBe = (page: Page, count: number): Promise<void> =>
  expect.poll(() => rowCount(page), { timeout: 45_000 }).toBe(count + 1);

async function placeOf(page: Page, title: string): Promise<string> {
  const heads = grid(page).locator('[role=columnheader]');
  const place = await heads.evaluateAll(
    (cells, wanted) => cells.find((cell) => cell.textContent === wanted)?.getAttribute('aria-colindex'),
    title,
  );
  if (place === null || place === undefined) throw new Error(`no column '${title}' in the grid`);
  return place;
}

/** The hidden cell of a row, counted from 0. */
async function cell(page: Page, title: string, row: number): Promise<Locator> {
  const place = await placeOf(page, title);
  return grid(page).locator(`tr[aria-rowindex="${row + 2}"] td[aria-colindex="${place}"]`);
}

export async function cellText(page: Page, title: string, row: number): Promise<string> {
  const found = await cell(page, title, row);
  return (await found.count()) === 0 ? '' : ((await found.textContent()) ?? '').trim();
}

export const cellToBe = (
  page: Page,
  title: string,
  row: number,
  text: string,
  timeout = 10_000,
): Promise<void> => expect.poll(() => cellText(page, title, row), { timeout }).toBe(text);

/** Clicks into the picture of the grid, counted from its corner. */
export async function clickAt(page: Page, x: number, y: number): Promise<void> {
  const box = await page.getByTestId('data-grid-canvas').boundingBox();
  if (box === null) throw new Error('there is no grid');
  await page.mouse.click(box.x + x, box.y + y);
}

const selected = (found: Locator): Promise<void> =>
  expect.poll(() => found.getAttribute('aria-selected'), { timeout: 45_000 }).toBe('true');

/** Clicks into a row, then goes to the column by keys. Rows must be on the screen. */
export async function goTo(page: Page, title: string, row: number): Promise<void> {
  const titles = await titlesOf(page);
  const steps = titles.indexOf(title);
  if (steps < 0) throw new Error(`no column '${title}' in the grid`);
  await clickAt(page, 120, headerHeight + rowHeight * row + rowHeight / 2);
  await selected(grid(page).locator(`tr[aria-rowindex="${row + 2}"] td[aria-selected=true]`));
  await page.keyboard.press('Home');
  await selected(await cell(page, titles[0] ?? '', row));
  for (let presses = 0; presses < steps; presses += 1) await page.keyboard.press('ArrowRight');
  await selected(await cell(page, title, row));
}

/** Types into a cell as people do: over what is there. */
export async function typeInto(page: Page, title: string, row: number, text: string): Promise<void> {
  await goTo(page, title, row);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

export const putOnClipboard = async (page: Page, text: string): Promise<void> =>
  page.evaluate((content) => navigator.clipboard.writeText(content), text);

/** All records as the API tells them, in the order of their key. */
export async function records(on: BrowserApp, table: OpenTable): Promise<Record<string, unknown>[]> {
  const path = `/api/v2/tables/${table.tableId}/records?limit=1000&sort=Id`;
  return (await done(on.app, { method: 'GET', path, jwt: table.jwt })).list;
}

/** Waits until the API tells these values of a column. */
export const valuesToBe = (
  on: BrowserApp,
  table: OpenTable,
  title: string,
  values: readonly unknown[],
): Promise<void> =>
  expect
    .poll(async () => (await records(on, table)).map((record) => record[title] ?? null), { timeout: 45_000 })
    .toEqual(values);
