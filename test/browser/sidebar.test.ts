import type { Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { choose, createAccount, createBaseOf, createCreator, type Person, sidebar, visit } from './steps.ts';
import { type BrowserApp, describeInBrowser, startBrowserApp } from './support.ts';

/** The list of bases: everybody puts their own in order. */
let on: BrowserApp;
const titles = ['Shop', 'Diary', 'Garden'];

async function openBases(): Promise<Person> {
  const account = await createCreator(on.app);
  for (const title of titles) await createBaseOf(on.app, account.jwt, title);
  const person = await visit(on, { account });
  await grip(person, 'Shop').waitFor();
  return person;
}

const grip = (person: Person, title: string): Locator =>
  sidebar(person).getByRole('button', { name: person.t('app.move', { title }), exact: true });

const shown = (person: Person): Promise<string[]> =>
  sidebar(person)
    .getByRole('link')
    .filter({ hasText: /^(?:Shop|Diary|Garden)$/ })
    .allTextContents();
const orderToBe = (person: Person, expected: readonly string[]): Promise<void> =>
  expect.poll(() => shown(person)).toEqual(expected);

describeInBrowser('the sidebar', () => {
  beforeAll(async () => {
    on = await startBrowserApp();
    await createAccount(on.app); // owns the instance
  });

  test('bases are put in order by keys, and stay so', async () => {
    const person = await openBases();
    const { page, t } = person;
    await orderToBe(person, titles);
    await grip(person, 'Garden').focus();
    await page.keyboard.press('Space');
    for (const place of [2, 1]) {
      await sidebar(person).locator('[aria-pressed=true]').waitFor();
      await page.keyboard.press('ArrowUp');
      await page
        .getByText(t('app.dragOver', { title: 'Garden', place, count: 3 }))
        .waitFor({ state: 'attached' });
    }
    const stored = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.keyboard.press('Space');
    expect((await stored).status()).toBe(200);
    await orderToBe(person, ['Garden', 'Shop', 'Diary']);
    await page.reload();
    await grip(person, 'Shop').waitFor();
    await orderToBe(person, ['Garden', 'Shop', 'Diary']);
  });

  test('bases are put in order by mouse and by their menu', async () => {
    const person = await openBases();
    const { page, t } = person;
    const from = await grip(person, 'Shop').boundingBox();
    const to = await grip(person, 'Garden').boundingBox();
    await page.mouse.move((from?.x ?? 0) + 60, (from?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((to?.x ?? 0) + 60, (to?.y ?? 0) - 4, { steps: 6 });
    await page.mouse.move((to?.x ?? 0) + 60, (to?.y ?? 0) + 16, { steps: 6 });
    await page.mouse.up();
    await orderToBe(person, ['Diary', 'Garden', 'Shop']);
    const menu = sidebar(person).getByRole('button', {
      name: t('bases.menuOf', { title: 'Shop' }),
      exact: true,
    });
    await menu.hover();
    await choose(page, menu, t('bases.moveUp'));
    await orderToBe(person, ['Diary', 'Shop', 'Garden']);
  });

  test('a first visit writes nothing into the console, not even a refused request', async () => {
    const refused: number[] = [];
    const page = await on.openBrowser({ address: '#/forgot' });
    page.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(answer.status());
    });
    await page.reload();
    await page.getByRole('textbox').first().waitFor();
    expect(refused).toEqual([]);
  });
});
