import { sql } from 'kysely';
import type { User } from '../../core/model.ts';
import type { UserSecrets, UserStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import {
  email,
  type Fields,
  flag,
  inPieces,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  readRow,
  readTotal,
  text,
  word,
  writeRow,
} from './fields.ts';

const userFields: Fields<User> = {
  id: text('id'),
  email: email('email'),
  displayName: optionalText('display_name'),
  orgRole: word('org_role'),
  status: word('status'),
  tokenVersion: text('token_version'),
  emailVerified: flag('email_verified'),
  meta: optionalJson('meta'),
  avatar: optionalText('avatar'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

/** Never part of a `User`, so that no answer can carry them by accident. */
const secretFields: Fields<UserSecrets> = {
  passwordHash: optionalText('password_hash'),
  resetTokenHash: optionalText('reset_token_hash'),
  resetExpiresAt: optionalNumber('reset_expires_at'),
  inviteTokenHash: optionalText('invite_token_hash'),
  inviteExpiresAt: optionalNumber('invite_expires_at'),
};

const userColumns = Object.values(userFields).map((field) => field.column);
const secretColumns = Object.values(secretFields).map((field) => field.column);

/** Text that `like` takes literally, with `!` as its escape sign. */
const escapePattern = (search: string): string => search.replaceAll(/[!%_]/g, (sign) => `!${sign}`);

const read = (row: Record<string, unknown>): User => readRow(userFields, row);

function userReads(meta: Meta): Omit<UserStore, 'insert' | 'update' | 'delete'> {
  const users = () => meta.build.selectFrom('rg_user').select(userColumns);
  const findBy = async (column: string, value: string): Promise<User | undefined> => {
    const { rows } = await meta.runHot(`users by ${column}`, () => users().where(column, '=', ''), [value]);
    return rows[0] === undefined ? undefined : read(rows[0]);
  };
  return {
    find: (id) => findBy('id', id),
    findByEmail: (address) => findBy('email', address.toLowerCase()),
    findByResetTokenHash: (hash) => findBy('reset_token_hash', hash),
    findByInviteTokenHash: (hash) => findBy('invite_token_hash', hash),
    async findMany(ids) {
      const found: User[] = [];
      for (const piece of inPieces(ids, 500)) {
        const { rows } = await meta.run(users().where('id', 'in', piece));
        for (const row of rows) found.push(read(row));
      }
      return found;
    },
    async secrets(id) {
      const { rows } = await meta.run(
        meta.build.selectFrom('rg_user').select(secretColumns).where('id', '=', id),
      );
      return rows[0] === undefined ? undefined : readRow(secretFields, rows[0]);
    },
    async count() {
      const { rows } = await meta.run(
        meta.build.selectFrom('rg_user').select((select) => select.fn.countAll().as('total')),
      );
      return readTotal(rows);
    },
    async list({ search, limit, offset }) {
      const pattern =
        search === undefined || search === '' ? undefined : `%${escapePattern(search.toLowerCase())}%`;
      const matching =
        pattern === undefined
          ? sql<boolean>`1 = 1`
          : sql<boolean>`(email like ${pattern} escape '!' or lower(display_name) like ${pattern} escape '!')`;
      const page = await meta.run(
        users().where(matching).orderBy('created_at').orderBy('id').limit(limit).offset(offset),
      );
      const total = await meta.run(
        meta.build
          .selectFrom('rg_user')
          .select((select) => select.fn.countAll().as('total'))
          .where(matching),
      );
      return { users: page.rows.map(read), total: readTotal(total.rows) };
    },
  };
}

/** Users; addresses are kept in lower case and compared exactly. */
export function createUserStore(meta: Meta, now: () => number): UserStore {
  const { build } = meta;
  return {
    ...userReads(meta),
    async insert({ passwordHash, ...user }) {
      const at = now();
      const row = {
        ...writeRow(userFields, { ...user, createdAt: at, updatedAt: at }),
        ...writeRow(secretFields, { passwordHash }),
      };
      await meta.run(build.insertInto('rg_user').values(row));
    },
    async update(id, change) {
      const row = { ...writeRow(userFields, change), ...writeRow(secretFields, change) };
      if (Object.keys(row).length === 0) return;
      await meta.run(build.updateTable('rg_user').set(row).where('id', '=', id));
    },
    async delete(id) {
      const tokens = build.selectFrom('rg_token').select('id').where('user_id', '=', id);
      await meta.run(build.deleteFrom('rg_token_secret').where('token_id', 'in', tokens));
      await meta.run(build.deleteFrom('rg_token_usage').where('token_id', 'in', tokens));
      await meta.run(build.deleteFrom('rg_token').where('user_id', '=', id));
      await meta.run(build.deleteFrom('rg_session').where('user_id', '=', id));
      await meta.run(build.deleteFrom('rg_member').where('user_id', '=', id));
      await meta.run(build.deleteFrom('rg_user').where('id', '=', id));
    },
  };
}
