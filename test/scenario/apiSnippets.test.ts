import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Action, actions, requestOf, type SnippetTarget } from '../../web/apiPanel/requests.ts';
import { type SnippetLanguageName, snippetLanguages, writeSnippet } from '../../web/apiPanel/snippets.ts';
import { startApp, type TestApp } from '../support/app.ts';

const run = promisify(execFile);

/**
 * How a person would run what they pasted: into a shell, or into a file. Where
 * an interpreter is missing its tests are skipped, visibly; with
 * ROWGATE_TEST_INTERPRETERS=required that is a failure.
 */
interface Runner {
  readonly command: string;
  readonly check: readonly string[];
  readonly file: string;
  readonly args: (file: string) => readonly string[];
}

const runners: Readonly<Record<SnippetLanguageName, Runner>> = {
  curl: { command: 'sh', check: ['-c', 'curl --version'], file: 'run.sh', args: (file) => [file] },
  javascript: { command: process.execPath, check: ['-v'], file: 'run.mjs', args: (file) => [file] },
  python: { command: 'python3', check: ['-V'], file: 'run.py', args: (file) => [file] },
  php: { command: 'php', check: ['-v'], file: 'run.php', args: (file) => [file] },
  go: { command: 'go', check: ['version'], file: 'main.go', args: (file) => ['run', file] },
};
const isHere = ({ command, check }: Runner): boolean => spawnSync(command, [...check]).status === 0;
const absent = Object.values(runners).filter((runner) => !isHere(runner));
if (absent.length > 0 && process.env.ROWGATE_TEST_INTERPRETERS === 'required') {
  const names = absent.map(({ command }) => command).join(', ');
  throw new Error(`Not found: ${names}. On Debian: apt-get install curl python3 php-cli golang-go`);
}

/** What shells and string literals trip over. */
const awkward = `it's "quoted" \\ $HOME \`id\` %41 \u2028 é 😀 {}\n\tend`;
const fieldTitle = `Na'me "x" $y \\`;

/** Answers what it was sent. */
const echoes: Server = createServer(async (incoming, outgoing) => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const body = JSON.parse(Buffer.concat(parts).toString());
  outgoing.end(JSON.stringify({ token: incoming.headers['xc-token'], body }));
});

let app: TestApp;
let folder: string;
let echo: string;
let origin: string;
let token: string;
let jwt: string;
let tableId: string;

beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(tmpdir(), 'rowgate-snippets-'));
  origin = await app.listen();
  await new Promise<void>((resolve) => echoes.listen(0, '127.0.0.1', resolve));
  echo = `http://127.0.0.1:${(echoes.address() as AddressInfo).port}/`;
  ({ jwt } = await app.signUp());
  const send = async (path: string, body: unknown) => {
    const answer = await app.inject({ method: 'POST', path, jwt, body });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  const base = await send('/api/v2/meta/bases/', { title: 'Snippets' });
  const table = await send(`/api/v2/meta/bases/${base.id}/tables`, {
    title: 'Things',
    columns: [
      { title: fieldTitle, uidt: 'SingleLineText' },
      { title: 'Amount', uidt: 'Decimal' },
      { title: 'Done', uidt: 'Checkbox' },
      { title: 'Extra', uidt: 'JSON' },
    ],
  });
  tableId = table.id;
  token = (await send('/api/v2/tokens', { description: 'snippets' })).token;
});

afterAll(async () => {
  echoes.closeAllConnections();
  echoes.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const values = { [fieldTitle]: awkward, Amount: 1.5, Done: true, Extra: { list: [1, null, {}, []] } };
const target = (key: number): SnippetTarget => ({
  origin,
  tableId,
  token,
  key: { title: 'Id', value: key },
  values,
});
const read = (key: number) =>
  app.inject({ method: 'GET', path: `/api/v2/tables/${tableId}/records/${key}`, jwt });

for (const [name, { name: title }] of Object.entries(snippetLanguages)) {
  const language = name as SnippetLanguageName;
  const runner = runners[language];
  describe.skipIf(absent.includes(runner))(`${title} snippets, run as they are shown`, () => {
    async function runText(text: string): Promise<unknown> {
      const file = join(folder, runner.file);
      await writeFile(file, text);
      // Go: nothing of the machine's own settings, nothing left behind
      const env = { ...process.env, GOFLAGS: '-mod=mod', GOCACHE: join(folder, 'go-cache'), GOPATH: folder };
      const { stdout } = await run(runner.command, [...runner.args(file)], { env });
      return JSON.parse(stdout);
    }
    const runSnippet = (action: Action, key: number): Promise<unknown> =>
      runText(writeSnippet(language, action, target(key)));

    test('create, read, list, update and delete a record', async () => {
      const created = (await runSnippet('create', 0)) as { Id: number };
      expect(created).toEqual({ Id: expect.any(Number) });
      expect((await read(created.Id)).body).toMatchObject(values);
      expect(await runSnippet('read', created.Id)).toMatchObject({ Id: created.Id, ...values });
      const list = (await runSnippet('list', created.Id)) as { list: unknown[]; pageInfo: unknown };
      expect(list.list).toContainEqual(expect.objectContaining({ Id: created.Id }));
      await app.inject({
        method: 'PATCH',
        path: `/api/v2/tables/${tableId}/records`,
        jwt,
        body: { Id: created.Id, [fieldTitle]: 'other' },
      });
      expect(await runSnippet('update', created.Id)).toEqual({ Id: created.Id });
      expect((await read(created.Id)).body).toMatchObject(values);
      expect(await runSnippet('delete', created.Id)).toEqual({ Id: created.Id });
      expect((await read(created.Id)).status).toBe(404);
    });

    test('a refusal fails and shows the words of the server', async () => {
      const failed = await runSnippet('read', 987_654).catch((error: unknown) => error);
      const { stdout = '', stderr = '' } = failed as { stdout?: string; stderr?: string };
      expect(stdout + stderr).toContain("Record '987654' not found");
    });

    test('what is written arrives as it was, whatever characters it has', async () => {
      const text = fc.string({ unit: 'grapheme' }).map((raw) => raw.replaceAll('\0', ''));
      const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
      const values = fc.oneof(
        leaf,
        fc.array(leaf, { maxLength: 3 }),
        fc.dictionary(text, leaf, { maxKeys: 3 }),
      );
      const bodies = [
        ...fc.sample(values, { numRuns: 80, seed: 11 }),
        awkward,
        '\ufeff',
        { 0: 'a', 1: 'b' },
        {},
        [],
      ];
      const body = { ...Object.fromEntries(bodies.map((value, index) => [`${awkward}${index}`, value])) };
      const request = { method: 'POST', url: echo, token: 't\'o"k$e\\n', body } as const;
      expect(await runText(snippetLanguages[language].write(request))).toEqual({
        token: request.token,
        body,
      });
    });
  });
}

test('the request of every action goes to the table with the token', () => {
  for (const action of actions) {
    const request = requestOf(action, target(7));
    expect(request.url.startsWith(`${origin}/api/v2/tables/${tableId}/records`)).toBe(true);
    expect(request.token).toBe(token);
    expect(request.body === undefined).toBe(action === 'list' || action === 'read');
  }
});

test('no text breaks out of the quotes of a shell', async () => {
  // one shell for many texts: it prints each argument of curl as JSON would be
  const texts = fc.sample(fc.string({ unit: 'grapheme' }), { numRuns: 60, seed: 5 });
  const lines = texts.map((text) => {
    const snippet = snippetLanguages.curl.write({
      method: 'POST',
      url: 'http://localhost/',
      token: 't',
      body: text.replaceAll('\0', ''),
    });
    return snippet.replace('curl', 'last');
  });
  const script = `last() { for word; do :; done; printf '%s\\n' "$word"; }\n${lines.join('\n')}\n`;
  const file = join(folder, 'quotes.sh');
  await writeFile(file, script);
  const { stdout } = await run('sh', [file]);
  const shown = stdout.trimEnd().split('\n');
  expect(shown.map((line) => JSON.parse(line))).toEqual(texts.map((text) => text.replaceAll('\0', '')));
});
