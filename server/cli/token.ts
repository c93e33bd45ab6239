import { roleInBase } from '../core/access.ts';
import { AppError } from '../core/errors.ts';
import type { ApiToken } from '../core/model.ts';
import { createToken } from '../core/tokens/createToken.ts';
import { parseExpiry } from '../core/tokens/expiry.ts';
import { deleteAnyToken } from '../core/tokens/ownTokens.ts';
import type { Command } from './command.ts';
import { printResult, tabulate, UsageError } from './io.ts';
import { chooseUser, consoleCaller, requireBaseByName, requireUserByEmail, withCore } from './openData.ts';

const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A token without its secret. */
const describe = (token: ApiToken, owner: string | null): Record<string, unknown> => ({
  id: token.id,
  name: token.name,
  hint: `${token.hintPrefix}…${token.hintSuffix}`,
  user: owner,
  base: token.baseId,
  enabled: token.enabled,
  expiresAt: moment(token.expiresAt),
  createdAt: moment(token.createdAt),
});

const create: Command = {
  name: 'token create',
  args: [],
  summary: 'Make an API token and print it; it is shown this once.',
  options: {
    user: { type: 'string', value: '<email>', help: 'Whose rights it has; default: the first super admin.' },
    name: { type: 'string', value: '<name>', help: 'What it is for.' },
    base: { type: 'string', value: '<id or title>', help: 'Bind it to one base.' },
    expires: {
      type: 'string',
      value: '<date>',
      help: 'E.g. 2031-12-31 or 2031-12-31T23:59:59Z; default: never.',
    },
  },
  examples: ['rowgate token create --user you@example.org --name backup --base CRM'],
  run: (context, _args, options) =>
    withCore(context, options, async (core) => {
      const user = await chooseUser(core, options.text('user'));
      const baseName = options.text('base');
      const base = baseName === undefined ? undefined : await requireBaseByName(core, baseName);
      const role = base === undefined ? 'owner' : roleInBase(user, base);
      if (role === undefined || role === 'no-access') {
        throw new AppError(
          'FORBIDDEN',
          `${user.email} is no member of the base '${base?.title}', so a token would open nothing.`,
        );
      }
      const { token, secret } = await createToken(core, consoleCaller, {
        userId: user.id,
        baseId: base?.id ?? null,
        name: options.text('name') ?? null,
        expiresAt: parseExpiry(options.text('expires') ?? null, core.clock()),
      });
      printResult(context, { ...describe(token, user.email), token: secret }, [secret]);
      return 0;
    }),
};

const list: Command = {
  name: 'token list',
  args: [],
  summary: 'List API tokens, without their secrets.',
  options: {
    user: { type: 'string', value: '<email>', help: 'Only those of this user.' },
    base: { type: 'string', value: '<id or title>', help: 'Only those bound to this base.' },
  },
  examples: ['rowgate token list --json'],
  run: (context, _args, options) =>
    withCore(context, options, async (core) => {
      const [email, baseName] = [options.text('user'), options.text('base')];
      const user = email === undefined ? undefined : await requireUserByEmail(core, email);
      const base = baseName === undefined ? undefined : await requireBaseByName(core, baseName);
      const { tokens } = await core.stores.tokens.list({
        ...(user === undefined ? {} : { userId: user.id }),
        ...(base === undefined ? {} : { baseId: base.id }),
      });
      await core.directory.load(tokens.map((token) => token.userId));
      const described = tokens.map((token) =>
        describe(token, core.directory.peek(token.userId)?.email ?? null),
      );
      const rows = described.map((token) =>
        ['id', 'name', 'hint', 'user', 'base', 'expiresAt'].map((key) => String(token[key] ?? '-')),
      );
      const lines =
        rows.length === 0
          ? ['No tokens.']
          : tabulate([['ID', 'NAME', 'TOKEN', 'USER', 'BASE', 'EXPIRES'], ...rows]);
      printResult(context, described, lines);
      return 0;
    }),
};

const remove: Command = {
  name: 'token delete',
  args: ['id'],
  summary: 'Delete an API token; services that use it stop working at once.',
  options: {},
  examples: ['rowgate token delete 7'],
  run: (context, [given = ''], options) => {
    if (!/^\d{1,15}$/.test(given))
      throw new UsageError(`'${given}' is not the id of a token. See: rowgate token list`);
    return withCore(context, options, async (core) => {
      await deleteAnyToken(core, consoleCaller, Number(given));
      printResult(context, { deleted: Number(given) }, [
        `Token ${given} is deleted and opens nothing from now on.`,
      ]);
      return 0;
    });
  },
};

export const tokenCommands: readonly Command[] = [create, list, remove];
