// Scrolls a table of a million rows in Chromium and reads the browser's own
// trace: how long the page worked for each frame (p50, p95, p99: its processor
// time), how many took longer than one and a half frames of 60 a second ("long":
// by the clock, also while other programs had the processor; "heavy": by their own
// work alone), and how many frames the browser had to drop. The first line of each round is a bare page under the same wheel:
// what it drops, the machine drops. BENCH_SECONDS of each scroll (10),
// BENCH_ROUNDS (3), BENCH_ROWS (1,000,000), BENCH_ONLY (part of a name).
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { enter, openChromium } from './browser.mjs';
import { growTable } from './growTable.mjs';
import { call, children, groups, makeTable, startServer } from './server.mjs';
import { describeFrames, readTrace } from './trace.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 10);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const only = process.env.BENCH_ONLY ?? '';
const rowHeight = 34;

const columns = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'State', uidt: 'SingleSelect', colOptions: { options: groups.map((title) => ({ title })) } },
  { title: 'Price', uidt: 'Currency' },
  { title: 'Amount', uidt: 'Number' },
  { title: 'Done', uidt: 'Checkbox' },
  { title: 'Day', uidt: 'Date' },
  { title: 'Stars', uidt: 'Rating' },
  { title: 'Mail', uidt: 'Email' },
  { title: 'Notes', uidt: 'LongText' },
];

const rowOf = (i) => ({
  Name: `record number ${i}`,
  State: groups[i % groups.length],
  Price: ((i * 7919) % 1_000_003) / 100,
  Amount: (i * 104_729) % 1_000_000,
  Done: i % 3 === 0,
  Day: `20${10 + (i % 20)}-0${1 + (i % 9)}-${10 + (i % 19)}`,
  Stars: i % 6,
  Mail: `person${i}@example.org`,
  Notes: `Some words about record ${i}, more than fit into a cell of this width.`,
});

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Turns the wheel steadily for some seconds, in the browser itself: no message delays a step. */
async function turnWheel(page, pixelsPerSecond) {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: 600,
    y: 450,
    yDistance: -pixelsPerSecond * seconds,
    speed: pixelsPerSecond,
    gestureSourceType: 'mouse',
    preventFling: true,
  });
}

/** As a held key repeats: thirty a second, whether or not the page has kept up. */
async function holdKey(page, key) {
  const presses = [];
  for (let i = 0; i < seconds * 30; i += 1) {
    presses.push(page.keyboard.press(key));
    await wait(33);
  }
  await Promise.all(presses);
}

const reading = 3000; // pixels a second
const scrolls = {
  'a bare page': { open: openBare, act: (page) => turnWheel(page, reading) },
  'wheel, as one reads': { open: openGrid, act: (page) => turnWheel(page, reading) },
  'wheel, the whole height': { open: openGrid, act: (page) => turnWheel(page, (rows * rowHeight) / seconds) },
  'Page Down, held': { open: openGrid, act: (page) => holdKey(page, 'PageDown') },
};

/** Nothing but lines. */
async function openBare(browser) {
  const page = await browser.open();
  const lines = Array.from({ length: 5000 }, (_, i) => `<p>line ${i}</p>`).join('');
  await page.setContent(`<!doctype html><body>${lines}</body>`);
  await wait(1500);
  return page;
}

async function openGrid(browser, place) {
  const page = await browser.open(await place.signIn());
  await page.goto(`${place.url}/#/base/${place.baseId}/table/${place.tableId}`);
  await page.locator('[role=grid] td[role=gridcell]').nth(1).waitFor({ state: 'attached' });
  const box = await page.getByTestId('data-grid-canvas').boundingBox();
  await page.mouse.click(box.x + 120, box.y + 50);
  await wait(1500);
  return page;
}

async function scroll(browser, place, { open, act }) {
  const page = await open(browser, place);
  const trace = await browser.trace(page, () => act(page));
  const row = await page.evaluate(
    (height) => Math.round((document.querySelector('.dvn-scroller')?.scrollTop ?? 0) / height),
    rowHeight,
  );
  await page.context().close();
  return { ...describeFrames(readTrace(trace)), row };
}

/** Milliseconds to the first content, and to the first rows where there are some. */
async function firstContent(browser, place, address, ready) {
  const page = await browser.open(await address.signIn?.());
  await page.goto(`${place.url}/${address.path}`);
  await page.locator(ready).first().waitFor({ state: 'attached' });
  const figures = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
        const look = () =>
          seen() === undefined
            ? requestAnimationFrame(look)
            : resolve({ content: seen().startTime, ready: performance.now() });
        look();
      }),
  );
  await page.context().close();
  return figures;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const load = () => loadavg()[0].toFixed(1);
const percent = (value) => `${(value * 100).toFixed(1)} %`;

async function showFirstContents(browser, place) {
  const { signIn, baseId, tableId } = place;
  const pages = {
    'sign-in': [{ path: '' }, 'form'],
    'home, signed in': [{ path: '', signIn }, 'main h1, main h2'],
    grid: [{ path: `#/base/${baseId}/table/${tableId}`, signIn }, '[role=grid] td[role=gridcell]'],
  };
  console.log('\n| cold load of | first content ms | there ms | load |\n|---|---|---|---|');
  for (const [name, [address, ready]] of Object.entries(pages)) {
    const runs = [];
    for (let i = 0; i <= rounds; i += 1) runs.push(await firstContent(browser, place, address, ready));
    const kept = runs.slice(1); // the first one warms the server
    const pick = (key) => Math.round(median(kept.map((run) => run[key])));
    console.log(`| ${name} | ${pick('content')} | ${pick('ready')} | ${load()} |`);
  }
}

async function showScrolls(browser, place) {
  console.log(
    '\n| scroll | frames | long | heavy | dropped | p50 ms | p95 ms | p99 ms | longest task ms | row reached | load |\n|---|---|---|---|---|---|---|---|---|---|---|',
  );
  for (let round = 0; round < rounds; round += 1)
    for (const [name, way] of Object.entries(scrolls)) {
      if (!name.includes(only)) continue;
      const run = await scroll(browser, place, way);
      const times = [run.p50, run.p95, run.p99, run.longest].map((time) => time.toFixed(1)).join(' | ');
      console.log(
        `| ${name} | ${run.frames} | ${percent(run.long)} | ${percent(run.heavy)} | ${percent(run.dropped)} | ${times} | ${run.row.toLocaleString('en')} | ${load()} |`,
      );
    }
}

async function prepare() {
  const server = await startServer();
  const auth = { 'xc-auth': (await enter(server.url, 'signup')).jwt };
  const base = await call(server.url, 'POST', '/api/v2/meta/bases/', auth, { title: 'Bench' });
  const seed = Math.min(rows, 5000);
  const table = await makeTable(server.url, auth, base.id, 'Rows', seed, { columns, rowOf });
  growTable(server.data, table, rows);
  const signIn = async () => (await enter(server.url, 'signin')).cookie;
  return { ...server, signIn, baseId: base.id, tableId: table.id };
}

let data;
const browser = await openChromium();
try {
  const place = await prepare();
  data = place.data;
  if (only === '') await showFirstContents(browser, place);
  await showScrolls(browser, place);
} finally {
  await browser.close();
  for (const child of children) child.kill();
  if (data !== undefined) rmSync(data, { recursive: true, force: true });
}
