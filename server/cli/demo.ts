import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBase } from '../core/bases/create.ts';
import { deleteBase } from '../core/bases/delete.ts';
import { requireBase } from '../core/bases/require.ts';
import type { Core } from '../core/context.ts';
import { importTables } from '../core/imports/importTables.ts';
import type { Base, Caller, User } from '../core/model.ts';
import { createToken } from '../core/tokens/createToken.ts';
import { deleteAnyToken } from '../core/tokens/ownTokens.ts';
import { ensureAdmin } from '../core/users/ensureAdmin.ts';
import { openServer } from '../start.ts';
import type { Command, Options } from './command.ts';
import { fileAt, progressPrinter } from './importFile.ts';
import { type Context, type Io, printResult } from './io.ts';
import { callerFor, configOf, consoleCaller, requireUserByEmail } from './openData.ts';
import { serveUntilStopped } from './serve.ts';
import { setPassword } from './user.ts';

const email = 'demo@example.org';
const tokenName = 'demo';
const baseTitle = 'Chinook';
const sample = join('fixtures', 'chinook', 'Chinook_Sqlite.sqlite');

/** The sample beside the source or beside the bundle, whichever this is. */
function findSample(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, sample);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) throw new Error('the sample database is missing from the installation');
    folder = dirname(folder);
  }
}

/** A user with a fresh password; the demo's own from the second start on. */
async function prepareUser(core: Core): Promise<{ user: User; password: string }> {
  const password = core.randomBytes(12).toString('base64url');
  const known = await core.stores.users.findByEmail(email);
  if (known === undefined) await ensureAdmin(core, consoleCaller, { email, password });
  else await setPassword(core, known.id, password);
  return { user: await requireUserByEmail(core, email), password };
}

async function importSample(core: Core, caller: Caller, io: Io): Promise<Base> {
  const base = await createBase(core, caller, { title: baseTitle });
  const file = await core.importFiles.open(await fileAt(findSample()), {});
  const printer = progressPrinter(io);
  try {
    await importTables(core, caller, base.id, file, { onProgress: printer.tell });
  } finally {
    printer.end();
    file.close();
  }
  return requireBase(core, base.id);
}

/** Tables of the sample. */
const sampleTables = 11;

/** The base with the sample; one that an interrupted start left incomplete is made anew. */
async function prepareBase(core: Core, caller: Caller, user: User, io: Io): Promise<Base> {
  const known = (await core.stores.bases.list(user.id)).find((base) => base.title === baseTitle);
  const base = known === undefined ? undefined : await requireBase(core, known.id);
  if (base !== undefined && base.tables.length >= sampleTables) return base;
  if (base !== undefined) await deleteBase(core, caller, base);
  return importSample(core, caller, io);
}

/** A fresh token, shown by this start; the one of the start before is deleted. */
async function prepareToken(core: Core, user: User): Promise<string> {
  const { tokens } = await core.stores.tokens.list({ userId: user.id, baseId: null });
  for (const token of tokens)
    if (token.name === tokenName) await deleteAnyToken(core, consoleCaller, token.id);
  const wish = { userId: user.id, baseId: null, name: tokenName, expiresAt: null };
  return (await createToken(core, consoleCaller, wish)).secret;
}

async function run(context: Context, options: Options): Promise<number> {
  const { env } = context;
  const folder = options.text('data') === undefined ? join(env.ROWGATE_DATA ?? 'data', 'demo') : undefined;
  const port = options.text('port') ?? env.PORT;
  const config = configOf(env, options, {
    ROWGATE_HOST: env.ROWGATE_HOST ?? '127.0.0.1', // a well-known account is for this machine only
    ROWGATE_LOG_LEVEL: env.ROWGATE_LOG_LEVEL ?? 'warn',
    ...(folder === undefined ? {} : { ROWGATE_DATA: folder }),
    ...(port === undefined ? {} : { PORT: port }),
  });
  const server = await openServer(config);
  const { core } = server;
  const { user, password } = await prepareUser(core);
  const base = await prepareBase(core, callerFor(core, user), user, context.io);
  const token = await prepareToken(core, user);
  const table = base.tables.find((candidate) => candidate.title === 'Track');
  return serveUntilStopped(server, (address) => {
    const curl = `curl -H 'xc-token: ${token}' '${address}/api/v2/tables/${table?.id}/records?limit=3'`;
    const result = {
      address,
      email,
      password,
      token,
      baseId: base.id,
      tableId: table?.id,
      curl,
      data: config.dataFolder,
    };
    printResult(context, result, [
      `Rowgate is running at ${address} with the Chinook sample.`,
      `  user:      ${email}`,
      `  password:  ${password}`,
      `  API token: ${token}`,
      `  API docs:  ${address}/api/v2/meta/bases/${base.id}/swagger`,
      '',
      'Try it:',
      `  ${curl}`,
      '',
      'Stop it with Ctrl+C.',
    ]);
  });
}

export const demoCommand: Command = {
  name: 'demo',
  args: [],
  summary: 'Start on sample data, with a ready user and token.',
  options: {
    port: { type: 'string', value: '<number>', help: 'Port to listen on (setting PORT; default 8080).' },
  },
  examples: ['rowgate demo'],
  run: (context, _args, options) => run(context, options),
};
