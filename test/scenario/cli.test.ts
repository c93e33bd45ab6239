import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, runCommand } from '../../server/cli/index.ts';
import { databaseSetting, dropAppDatabase } from '../support/appDatabase.ts';
import { asWire, chinookPath, chinookRows } from '../support/importing.ts';

let folder: string;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rowgate-cli-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await dropAppDatabase(folder);
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly json: any;
}

async function rowgate(
  argv: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([input]), stdout, stderr };
  const place = { ROWGATE_DATA: folder, ...(await databaseSetting(folder)) };
  const code = await runCommand(argv, { ...place, ...env }, io);
  const [out, err] = [String(stdout.read() ?? ''), String(stderr.read() ?? '')];
  return { code, out, err, json: argv.includes('--json') && out !== '' ? JSON.parse(out) : undefined };
}

/** A server in a process of its own; resolves with what it announces. */
async function serve(
  argv: readonly string[],
): Promise<{ child: ChildProcess; announced: Record<string, string> }> {
  const place = argv[0] === 'start' ? await databaseSetting(folder) : {};
  const child = spawn(process.execPath, ['server/main.ts', ...argv, '--json'], {
    env: {
      ...place,
      PATH: process.env.PATH,
      PORT: '0',
      ROWGATE_HOST: '127.0.0.1',
      ROWGATE_LOG_LEVEL: 'silent',
      ROWGATE_TOKENS_PER_USER: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  return new Promise((resolve, reject) => {
    let [out, err] = ['', ''];
    child.stderr?.on('data', (chunk) => (err += chunk));
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.endsWith('\n')) resolve({ child, announced: JSON.parse(out) });
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${err}`)));
  });
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const code = await ended;
  children.delete(child);
  return code;
}

const call = async (address: string, path: string, headers: Record<string, string>, body?: unknown) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${address}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  return { status: answer.status, body: (await answer.json()) as any };
};

describe('the command line', () => {
  it('helps: an overview, and every command', async () => {
    const all = await rowgate(['--help']);
    expect(all.code).toBe(0);
    for (const command of commands) {
      expect(all.out).toContain(command.name);
      const one = await rowgate([...command.name.split(' '), '--help']);
      expect(one.code).toBe(0);
      expect(one.out).toContain(command.summary);
      for (const option of Object.keys(command.options)) expect(one.out).toContain(`--${option}`);
    }
  });

  it.each([
    [['frobnicate'], /no command 'frobnicate'/],
    [['token'], /token create, token list, token delete/],
    [['token', 'list', '--colour'], /colour/],
    [['token', 'delete'], /takes <id>/],
    [['token', 'delete', 'abc'], /'abc' is not the id/],
    [['import'], /takes <file>/],
    [['import', 'x', '--format', 'pdf'], /'pdf' is not a format/],
    [['user', 'create', 'a@example.org', '--role', 'king'], /'king' is not a role/],
  ])('%j is not understood', async (argv, message) => {
    const { code, out, err } = await rowgate(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('tells every wrong setting and does not start', async () => {
    const { code, err } = await rowgate(['token', 'list'], '', { NC_JWT_EXPIRES_IN: '10', PORT: 'x' });
    expect(code).toBe(1);
    expect(err).toContain('NC_JWT_EXPIRES_IN');
    expect(err).toContain('PORT');
  });

  it('tells failures to machines as JSON', async () => {
    const { code, out, err } = await rowgate(['token', 'create', '--json']);
    expect([code, out]).toEqual([1, '']);
    expect(JSON.parse(err).error).toMatchObject({
      code: 'USER_NOT_FOUND',
      message: expect.stringContaining('rowgate user create'),
    });
  });
});

describe('users, tokens and imports on the data of a running server', () => {
  let server: { child: ChildProcess; announced: Record<string, string> };
  let address: string;
  beforeAll(async () => {
    server = await serve(['start', '--data', folder]);
    address = server.announced.address ?? '';
  });

  it('makes the first user, who can sign in at once', async () => {
    const made = await rowgate(
      ['user', 'create', 'You@Example.org', '--password-stdin', '--json'],
      'correct horse battery\n',
    );
    expect(made).toMatchObject({ code: 0, json: { email: 'you@example.org' } });
    expect(made.out).not.toContain('correct horse');
    const again = await rowgate(['user', 'create', 'you@example.org']);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('already exist') });
    const signIn = await call(
      address,
      '/api/v2/auth/user/signin',
      {},
      { email: 'you@example.org', password: 'correct horse battery' },
    );
    expect(signIn.status).toBe(200);
    const me = await call(address, '/api/v2/auth/user/me', { 'xc-auth': signIn.body.token });
    expect(me.body).toMatchObject({
      email: 'you@example.org',
      roles: expect.objectContaining({ super: true }),
    });
  });

  it('refuses a weak password and makes a link that works once', async () => {
    const weak = await rowgate(['user', 'reset-password', 'you@example.org', '--password-stdin'], 'short\n');
    expect(weak.code).toBe(1);
    const { json } = await rowgate(['user', 'reset-password', 'you@example.org', '--json']);
    const secret = String(json.url).split('/').at(-1);
    const path = `/api/v2/auth/password/reset/${secret}`;
    expect((await call(address, path, {}, { password: 'another good password' })).status).toBe(200);
    expect((await call(address, path, {}, { password: 'another good password' })).status).toBe(400);
    const signIn = await call(
      address,
      '/api/v2/auth/user/signin',
      {},
      { email: 'you@example.org', password: 'another good password' },
    );
    expect(signIn.status).toBe(200);
  });

  it('makes a token that opens, and deletes it: the running server refuses it at once', async () => {
    const made = await rowgate(['token', 'create', '--name', 'backup', '--json'], '', {
      ROWGATE_TOKENS_PER_USER: '0',
    });
    expect(made.json.token).toMatch(/^[\w-]{40}$/);
    const headers = { 'xc-token': made.json.token };
    for (let round = 0; round < 3; round += 1)
      expect((await call(address, '/api/v2/meta/bases/', headers)).status).toBe(200);
    const listed = await rowgate(['token', 'list', '--json']);
    expect(listed.json).toEqual([
      expect.objectContaining({ id: made.json.id, name: 'backup', user: 'you@example.org' }),
    ]);
    expect(listed.out).not.toContain(made.json.token);
    expect((await rowgate(['token', 'delete', String(made.json.id)])).code).toBe(0);
    expect((await call(address, '/api/v2/meta/bases/', headers)).status).toBe(401);
    expect((await rowgate(['token', 'delete', String(made.json.id)])).code).toBe(1);
  });

  it('imports Chinook, and the running server has every cell of it', async () => {
    const imported = await rowgate(['import', chinookPath, '--json']);
    expect(imported.json).toMatchObject({ base: { title: 'Chinook_Sqlite' }, rows: 15_607, refused: 0 });
    expect(imported.err).toContain('Track: 3503 of 3503 rows');
    const base = imported.json.base.id;
    const { json } = await rowgate(['token', 'create', '--base', base, '--json']);
    const headers = { 'xc-token': json.token };
    for (const [title, rows] of chinookRows()) {
      const id = imported.json.tables.find((table: { title: string }) => table.title === title).id;
      const records: Record<string, unknown>[] = [];
      while (records.length < rows.length) {
        const { body } = await call(
          address,
          `/api/v2/tables/${id}/records?limit=1000&offset=${records.length}`,
          headers,
        );
        if (body.list.length === 0) break;
        records.push(...body.list);
      }
      const expected = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asWire(value)])),
      );
      const names = Object.keys(rows[0] ?? {});
      expect(records.map((record) => Object.fromEntries(names.map((name) => [name, record[name]])))).toEqual(
        expected,
      );
    }
  });

  it('imports a CSV into a named base and table, and reports refused rows', async () => {
    const file = join(folder, 'genres.csv');
    await writeFile(file, 'GenreId;Name\n26;New\n1;Taken\nx;Bad\n');
    const imported = await rowgate(['import', file, '--base', 'Chinook_Sqlite', '--into', 'Genre', '--json']);
    expect(imported.json).toMatchObject({ rows: 1, refused: 2 });
    const human = await rowgate(['import', file, '--base', 'Chinook_Sqlite', '--into', 'Genre']);
    expect(human.out).toMatch(/3 rows were refused/);
    expect(human.out).toMatch(/row 4: 'GenreId' = x:/);
    const missing = await rowgate(['import', 'nowhere.csv']);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining("'nowhere.csv' does not exist") });
    const unknown = await rowgate(['import', file, '--base', 'Nothing']);
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("'Chinook_Sqlite'") });
  });

  it('prints the API document of a base', async () => {
    const { code, out } = await rowgate(['openapi', 'Chinook_Sqlite']);
    expect(code).toBe(0);
    const document = JSON.parse(out);
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.tags.map((tag: { name: string }) => tag.name)).toContain('Track');
  });

  it('stops cleanly, leaving no upload', async () => {
    expect(await stop(server.child)).toBe(0);
    expect(await readdir(join(folder, 'imports'))).toEqual([]);
  });
});

describe('the demo', () => {
  it('prints a user, a password, a token and a curl line that work, at every start', async () => {
    const data = join(folder, 'demo');
    let last = '';
    for (let start = 0; start < 2; start += 1) {
      const { child, announced } = await serve(['demo', '--data', data]);
      const { address = '', email, password, token = '', tableId } = announced;
      const records = await call(address, `/api/v2/tables/${tableId}/records?limit=3`, { 'xc-token': token });
      expect(records.body.list.length).toBe(3);
      expect(announced.curl).toBe(
        `curl -H 'xc-token: ${token}' '${address}/api/v2/tables/${tableId}/records?limit=3'`,
      );
      expect((await call(address, '/api/v2/auth/user/signin', {}, { email, password })).status).toBe(200);
      if (last !== '')
        expect((await call(address, '/api/v2/meta/bases/', { 'xc-token': last })).status).toBe(401);
      last = token;
      const bases = await call(address, '/api/v2/meta/bases/', { 'xc-token': token });
      expect(bases.body.list.length).toBe(1);
      expect(await stop(child)).toBe(0);
    }
  });
});
