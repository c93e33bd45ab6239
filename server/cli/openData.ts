import { type Config, readConfig } from '../config.ts';
import type { Core } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { BaseSummary, Caller, User } from '../core/model.ts';
import { openCore } from '../start.ts';
import type { Options } from './command.ts';
import type { Context, Environment } from './io.ts';

/** The settings of this call; `--data` goes before the environment. Throws InvalidConfig. */
export function configOf(env: Environment, options: Options, override: Environment = {}): Config {
  const data = options.text('data');
  return readConfig({ ...env, ...(data === undefined ? {} : { ROWGATE_DATA: data }), ...override });
}

/**
 * Runs work on the data folder, beside a server that may be running on it: both
 * see what the other commits. Nothing is logged to the terminal.
 */
export async function withCore<T>(
  context: Context,
  options: Options,
  work: (core: Core, config: Config) => Promise<T>,
): Promise<T> {
  const config = configOf(context.env, options, { ROWGATE_LOG_LEVEL: 'silent' });
  const { core, close } = await openCore(config);
  try {
    return await work(core, config);
  } finally {
    await close();
  }
}

/** The console: whoever may read the data folder may do everything. */
export const consoleCaller: Caller = {
  principal: { kind: 'anonymous' },
  requestId: 'command-line',
  address: null,
  agent: 'rowgate command line',
};

/** Acts for a user, for what must have an owner. */
export function callerFor(core: Core, user: User): Caller {
  const now = core.clock().getTime();
  const session = {
    id: 'command-line',
    userId: user.id,
    salt: '',
    generation: 0,
    rotatedAt: now,
    createdAt: now,
    lastSeenAt: now,
    authTime: now,
    hardUntil: now,
    address: null,
    agent: consoleCaller.agent,
    revokedAt: null,
  };
  return { ...consoleCaller, principal: { kind: 'session', user, session } };
}

/** Throws USER_NOT_FOUND. */
export async function requireUserByEmail(core: Core, email: string): Promise<User> {
  const user = await core.stores.users.findByEmail(email.trim().toLowerCase());
  if (user !== undefined) return user;
  throw new AppError(
    'USER_NOT_FOUND',
    `There is no user with the e-mail '${email}'. Make one with: rowgate user create ${email}`,
  );
}

const fewUsers = 1000;

/** The named user; unnamed, the only one or the first super admin. Throws when there is none. */
export async function chooseUser(core: Core, email: string | undefined): Promise<User> {
  if (email !== undefined) return requireUserByEmail(core, email);
  const { users } = await core.stores.users.list({ limit: fewUsers, offset: 0 });
  const admins = users.filter((user) => user.orgRole === 'super' && user.status !== 'blocked');
  const [first] = admins.sort((a, b) => a.createdAt - b.createdAt);
  if (first !== undefined) return first;
  throw new AppError('USER_NOT_FOUND', 'There is no user yet. Make one with: rowgate user create <email>');
}

const describe = (bases: readonly BaseSummary[]): string =>
  bases
    .slice(0, 20)
    .map((base) => `'${base.title}' (${base.id})`)
    .join(', ');

/** A base by id or title. Throws BASE_NOT_FOUND; UNPROCESSABLE when several have the title. */
export async function requireBaseByName(core: Core, name: string): Promise<BaseSummary> {
  const bases = await core.stores.bases.list();
  const found = bases.filter((base) => base.id === name || base.title === name);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (found.length > 1) {
    throw new AppError(
      'UNPROCESSABLE',
      `Several bases are called '${name}': ${describe(found)}. Give the id.`,
    );
  }
  const known = bases.length === 0 ? 'There is no base yet.' : `The bases are ${describe(bases)}.`;
  throw new AppError('BASE_NOT_FOUND', `Base '${name}' not found. ${known}`);
}
