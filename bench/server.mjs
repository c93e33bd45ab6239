// Starts the built server and the floor, and fills the tables.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const children = [];

/** Ends a process and waits until it is gone. */
export const end = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.on('exit', resolve);
    child.kill();
  });

function firstLine(child, pattern) {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      seen += chunk;
      const match = pattern.exec(seen);
      if (match) resolve(match);
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${seen}`)));
  });
}

/** Starts dist/main.js with more settings; answers its address, process id and the milliseconds to its first answer. */
export async function startServer(settings = {}) {
  const data = mkdtempSync(join(tmpdir(), 'rowgate-bench-'));
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin', 'rowgate.mjs'), 'start'], {
    env: { ...process.env, ROWGATE_DATA: data, PORT: '0', ROWGATE_HOST: '127.0.0.1', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [, url] = await firstLine(child, /(http:\/\/[^\s]+:\d+)/);
  await fetch(`${url}/api/v1/health`);
  const pid = Number(
    readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0],
  );
  return { url, data, pid, child, startMs: performance.now() - began };
}

/** Resident memory of a process in MB. */
export function residentMb(pid) {
  const match = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(match[1]) / 1024);
}

export async function call(url, method, path, token, body) {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

export const groups = ['north', 'south', 'east', 'west', 'up', 'down', 'left', 'right', 'in', 'out'];

export const makeRow = (i) => ({
  Name: `record number ${i}`,
  Group: groups[i % groups.length],
  Amount: ((i * 7919) % 1_000_003) / 100,
  Done: i % 3 === 0,
});

const plainColumns = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'Group', uidt: 'SingleLineText' },
  { title: 'Amount', uidt: 'Decimal' },
  { title: 'Done', uidt: 'Checkbox' },
];

/** Makes a table of `rows` rows through the API; answers it with the milliseconds the rows took. */
export async function makeTable(
  url,
  auth,
  base,
  title,
  rows,
  { columns = plainColumns, rowOf = makeRow } = {},
) {
  const table = await call(url, 'POST', `/api/v2/meta/bases/${base}/tables`, auth, { title, columns });
  const began = performance.now();
  for (let i = 0; i < rows; i += 5000) {
    const batch = Array.from({ length: Math.min(5000, rows - i) }, (_, k) => rowOf(i + k));
    await call(url, 'POST', `/api/v2/tables/${table.id}/records`, auth, batch);
  }
  return { ...table, rows, loadMs: performance.now() - began };
}

const kinds = { Decimal: 'decimal', Checkbox: 'boolean' };

function copySqlite(data) {
  const copy = join(data, 'floor.sqlite');
  const db = new Database(join(data, 'rowgate.sqlite'));
  db.pragma('wal_checkpoint(truncate)');
  db.close();
  copyFileSync(join(data, 'rowgate.sqlite'), copy);
  return copy;
}

/** Starts the floor over a copy of the data, so that both write without meeting. `databaseUrl`: undefined for the embedded one. */
export async function startFloor(engine, { data }, databaseUrl, tables) {
  const shown = tables.map((table) => ({
    name: table.table_name,
    columns: table.columns
      .filter((column) => !column.title.startsWith('nc_'))
      .map((column) => [column.title, column.column_name, kinds[column.uidt] ?? 'text']),
  }));
  const child = spawn(
    process.execPath,
    [join(root, 'bench', 'floor.mjs'), engine, databaseUrl ?? copySqlite(data), JSON.stringify(shown)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const [, port] = await firstLine(child, /(\d+)\n/);
  return `http://127.0.0.1:${port}`;
}
