import type { CreateTableBuilder, RawBuilder } from 'kysely';
import type { Builder, Compilable, MetaTable } from '../meta/builder.ts';
import { type Migration, type NativeTypes, nativeTypes } from './types.ts';

/**
 * Every table of the product's own data. There are no foreign keys: a store
 * removes what belongs to a thing together with the thing, in one transaction.
 */

type Column = RawBuilder<unknown> | { readonly optional: RawBuilder<unknown> };
type Columns = Readonly<Record<string, Column>>;

const optional = (type: RawBuilder<unknown>): Column => ({ optional: type });

/** Columns are NOT NULL unless optional; `key` is the primary key, unless the type says it already. */
function createTable(build: Builder, name: MetaTable, columns: Columns, key: readonly string[]): Compilable {
  let table: CreateTableBuilder<string, string> = build.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    table =
      'optional' in type
        ? table.addColumn(column, type.optional)
        : table.addColumn(column, type, (definition) => definition.notNull());
  }
  return key.length === 0 ? table : table.addPrimaryKeyConstraint(`${name}_pk`, [...key]);
}

const createIndex = (build: Builder, table: MetaTable, columns: readonly string[]): Compilable =>
  build.schema
    .createIndex(`${table}_${columns.join('_')}_ix`)
    .on(table)
    .columns([...columns]);

const createUniqueIndex = (build: Builder, table: MetaTable, columns: readonly string[]): Compilable =>
  build.schema
    .createIndex(`${table}_${columns.join('_')}_uq`)
    .on(table)
    .columns([...columns])
    .unique();

/** Ids of ours are far shorter; imported ones may not be. */
const idLength = 64;
/** RFC 5321: 64 characters, the sign, 255 of domain; no address longer than 254 can be delivered to. */
const emailLength = 320;
/** A SHA-256 in hex has 64 characters. */
const hashLength = 64;

function people(build: Builder, t: NativeTypes): Compilable[] {
  const id = t.varchar(idLength);
  const user: Columns = {
    id,
    email: t.varchar(emailLength),
    display_name: optional(t.text),
    org_role: t.varchar(16),
    status: t.varchar(16),
    token_version: t.varchar(128),
    email_verified: t.integer,
    meta: optional(t.text),
    avatar: optional(t.text),
    password_hash: optional(t.text),
    reset_token_hash: optional(t.varchar(hashLength)),
    reset_expires_at: optional(t.bigint),
    invite_token_hash: optional(t.varchar(hashLength)),
    invite_expires_at: optional(t.bigint),
    created_at: t.bigint,
    updated_at: t.bigint,
  };
  const session: Columns = {
    id,
    user_id: id,
    salt: t.varchar(128),
    generation: t.integer,
    rotated_at: t.bigint,
    created_at: t.bigint,
    last_seen_at: t.bigint,
    auth_time: t.bigint,
    hard_until: t.bigint,
    address: optional(t.text),
    agent: optional(t.text),
    revoked_at: optional(t.bigint),
    revoked_reason: optional(t.text),
  };
  return [
    createTable(build, 'rg_user', user, ['id']),
    createUniqueIndex(build, 'rg_user', ['email']),
    createIndex(build, 'rg_user', ['reset_token_hash']),
    createIndex(build, 'rg_user', ['invite_token_hash']),
    createTable(build, 'rg_session', session, ['id']),
    createIndex(build, 'rg_session', ['user_id']),
  ];
}

function tokens(build: Builder, t: NativeTypes): Compilable[] {
  const id = t.varchar(idLength);
  const token: Columns = {
    id: t.identity,
    user_id: id,
    base_id: optional(id),
    name: optional(t.text),
    token_hash: t.varchar(hashLength),
    hint_prefix: t.varchar(16),
    hint_suffix: t.varchar(16),
    expires_at: optional(t.bigint),
    enabled: t.integer,
    revoked_at: optional(t.bigint),
    revoked_by: optional(id),
    revoked_reason: optional(t.text),
    created_at: t.bigint,
    updated_at: t.bigint,
  };
  const secret: Columns = {
    token_id: t.bigint,
    key_id: t.varchar(idLength),
    nonce: t.text,
    ciphertext: t.text,
  };
  const usage: Columns = {
    token_id: t.bigint,
    last_used_at: t.bigint,
    address: optional(t.text),
    agent: optional(t.text),
    calls: t.bigint,
  };
  return [
    createTable(build, 'rg_token', token, []),
    createUniqueIndex(build, 'rg_token', ['token_hash']), // the one probe of a request with a token
    createIndex(build, 'rg_token', ['user_id']),
    createIndex(build, 'rg_token', ['base_id']),
    createTable(build, 'rg_token_secret', secret, ['token_id']),
    createTable(build, 'rg_token_usage', usage, ['token_id']),
  ];
}

function bases(build: Builder, t: NativeTypes): Compilable[] {
  const id = t.varchar(idLength);
  const times = { created_at: t.bigint, updated_at: t.bigint };
  const base: Columns = {
    id,
    title: t.text,
    description: optional(t.text),
    color: optional(t.text),
    meta: optional(t.text),
    display_order: t.double,
    prefix: t.varchar(32),
    ...times,
  };
  const source: Columns = { id, base_id: id, alias: optional(t.text), type: t.varchar(32), ...times };
  const member: Columns = {
    base_id: id,
    user_id: id,
    role: t.varchar(16),
    starred: t.integer,
    display_order: optional(t.double),
    hidden: t.integer,
    created_at: t.bigint,
  };
  return [
    createTable(build, 'rg_base', base, ['id']),
    createUniqueIndex(build, 'rg_base', ['prefix']),
    createTable(build, 'rg_source', source, ['id']),
    createIndex(build, 'rg_source', ['base_id']),
    createTable(build, 'rg_member', member, ['base_id', 'user_id']),
    createIndex(build, 'rg_member', ['user_id']),
  ];
}

function tables(build: Builder, t: NativeTypes): Compilable[] {
  const id = t.varchar(idLength);
  const common = { id, base_id: id };
  const end = {
    display_order: t.double,
    meta: optional(t.text),
    created_at: t.bigint,
    updated_at: t.bigint,
  };
  const table: Columns = {
    ...common,
    source_id: id,
    title: t.text,
    name: t.varchar(255),
    description: optional(t.text),
    ...end,
  };
  const column: Columns = {
    ...common,
    table_id: id,
    title: t.text,
    name: t.varchar(255),
    type: t.varchar(64),
    options: t.text,
    is_key: t.integer,
    auto_increment: t.integer,
    is_display: t.integer,
    is_required: t.integer,
    is_unique: t.integer,
    is_system: t.integer,
    default_value: optional(t.text),
    description: optional(t.text),
    ref_table_id: optional(id),
    ref_column_id: optional(id),
    ...end,
  };
  const view: Columns = {
    ...common,
    table_id: id,
    title: t.text,
    type: t.integer,
    is_default: t.integer,
    show_system_fields: t.integer,
    lock_type: t.varchar(16),
    ...end,
  };
  return [
    createTable(build, 'rg_table', table, ['id']),
    createIndex(build, 'rg_table', ['base_id']),
    createUniqueIndex(build, 'rg_table', ['source_id', 'name']),
    createTable(build, 'rg_column', column, ['id']),
    createIndex(build, 'rg_column', ['base_id']),
    createUniqueIndex(build, 'rg_column', ['table_id', 'name']),
    createTable(build, 'rg_view', view, ['id']),
    createIndex(build, 'rg_view', ['base_id']),
    createIndex(build, 'rg_view', ['table_id']),
    createTable(build, 'rg_sequence', { column_id: id, next: t.bigint }, ['column_id']),
  ];
}

function instance(build: Builder, t: NativeTypes): Compilable[] {
  const id = t.varchar(idLength);
  const key = t.varchar(191); // an index of MySQL holds it at four bytes a character
  const audit: Columns = {
    id: t.identity,
    at: t.bigint,
    action: t.varchar(64),
    user_id: optional(id),
    token_id: optional(t.bigint),
    session_id: optional(id),
    base_id: optional(id),
    table_id: optional(id),
    target: optional(t.text),
    details: optional(t.text),
    address: optional(t.text),
    agent: optional(t.text),
    request_id: optional(t.text),
  };
  const job: Columns = {
    id,
    base_id: id,
    kind: t.varchar(64),
    status: t.varchar(16),
    user_id: id,
    progress: optional(t.text),
    result: optional(t.text),
    created_at: t.bigint,
    updated_at: t.bigint,
  };
  const invalidation: Columns = { v: t.bigint, kind: t.varchar(16), key, at: t.bigint };
  return [
    createTable(build, 'rg_setting', { key, value: t.text }, ['key']),
    createTable(build, 'rg_audit', audit, []),
    createIndex(build, 'rg_audit', ['base_id']),
    createTable(build, 'rg_job', job, ['id']),
    createIndex(build, 'rg_job', ['base_id']),
    createTable(build, 'rg_epoch', { id: t.integer, v: t.bigint }, ['id']),
    build.insertInto('rg_epoch').values({ id: 1, v: 0 }),
    createTable(build, 'rg_invalidation', invalidation, ['v', 'kind', 'key']),
  ];
}

export const initial: Migration = {
  name: '0001-initial',
  statements(build, dialect) {
    const types = nativeTypes[dialect];
    return [people, tokens, bases, tables, instance].flatMap((part) => part(build, types));
  },
};
