import { type OrgRole, orgRoles } from '../../vocabulary/roles.ts';
import type { Config } from '../config.ts';
import type { Core } from '../core/context.ts';
import { inviteUser } from '../core/users/inviteUser.ts';
import { createPasswordReset, resetPassword } from '../core/users/resetPassword.ts';
import type { Command, Options } from './command.ts';
import { type Context, printResult, readSecretLine, UsageError } from './io.ts';
import { consoleCaller, requireUserByEmail, withCore } from './openData.ts';

const passwordOption = {
  'password-stdin': {
    type: 'boolean',
    help: 'Read the password from standard input; default: print a link.',
  },
} as const;

/** Links begin with the public address, or with where a server on this machine would listen. */
const absolute = (config: Config, url: string): string =>
  url.startsWith('/') ? `http://localhost:${config.port}${url}` : url;

export async function setPassword(core: Core, userId: string, password: string): Promise<void> {
  const { secret } = await createPasswordReset(core, consoleCaller, userId);
  await resetPassword(core, consoleCaller, { secret, password });
}

/** Sets a password from standard input, or prints a link that works once for an hour. */
async function givePassword(
  context: Context,
  options: Options,
  core: Core,
  config: Config,
  user: { id: string; email: string },
): Promise<void> {
  if (options.flag('password-stdin')) {
    await setPassword(core, user.id, await readSecretLine(context.io));
    printResult(context, { id: user.id, email: user.email }, [
      `The password of ${user.email} is set. Every session of the user has ended.`,
    ]);
    return;
  }
  const url = absolute(config, (await createPasswordReset(core, consoleCaller, user.id)).url);
  printResult(context, { ...user, url }, [
    url,
    '',
    `With this link ${user.email} chooses a password. It works once, for an hour.`,
  ]);
}

function readRole(given: string | undefined): OrgRole | undefined {
  if (given === undefined) return undefined;
  const role = orgRoles.find((candidate) => candidate === given);
  if (role === undefined) throw new UsageError(`'${given}' is not a role. Roles: ${orgRoles.join(', ')}`);
  return role;
}

const create: Command = {
  name: 'user create',
  args: ['email'],
  summary: 'Make a user and print a link to choose a password.',
  options: {
    role: {
      type: 'string',
      value: '<role>',
      help: 'super, creator or viewer; default: creator, super for the first user.',
    },
    ...passwordOption,
  },
  examples: [
    'rowgate user create you@example.org',
    'printf %s "$PASSWORD" | rowgate user create you@example.org --password-stdin',
  ],
  run: (context, [email = ''], options) => {
    const role = readRole(options.text('role'));
    return withCore(context, options, async (core, config) => {
      const first = (await core.stores.users.count()) === 0;
      const orgRole = role ?? (first ? 'super' : 'creator');
      const invited = await inviteUser(core, consoleCaller, { email, orgRole });
      await givePassword(context, options, core, config, { id: invited.userId, email: invited.email });
      return 0;
    });
  },
};

const reset: Command = {
  name: 'user reset-password',
  args: ['email'],
  summary: 'Print a link that sets a new password, or set it.',
  options: passwordOption,
  examples: ['rowgate user reset-password you@example.org'],
  run: (context, [email = ''], options) =>
    withCore(context, options, async (core, config) => {
      const user = await requireUserByEmail(core, email);
      await givePassword(context, options, core, config, { id: user.id, email: user.email });
      return 0;
    }),
};

export const userCommands: readonly Command[] = [create, reset];
