import { sql } from 'kysely';
import type { ApiToken } from '../../core/model.ts';
import type { TokenSecret, TokenStore, TokenUse } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import {
  type Fields,
  flag,
  inPieces,
  number,
  optionalNumber,
  optionalText,
  readRow,
  readTotal,
  text,
  writeRow,
} from './fields.ts';
import { upsert } from './upsert.ts';

const tokenFields: Fields<ApiToken> = {
  id: number('id'),
  userId: text('user_id'),
  baseId: optionalText('base_id'),
  name: optionalText('name'),
  hash: text('token_hash'),
  hintPrefix: text('hint_prefix'),
  hintSuffix: text('hint_suffix'),
  expiresAt: optionalNumber('expires_at'),
  enabled: flag('enabled'),
  revokedAt: optionalNumber('revoked_at'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const { id: _, ...newTokenFields } = tokenFields;

const secretFields: Fields<TokenSecret> = {
  keyId: text('key_id'),
  nonce: text('nonce'),
  ciphertext: text('ciphertext'),
};

const useFields: Fields<TokenUse> = {
  tokenId: number('token_id'),
  at: number('last_used_at'),
  address: optionalText('address'),
  agent: optionalText('agent'),
  calls: number('calls'),
};

const read = (row: Record<string, unknown>): ApiToken => readRow(tokenFields, row);

/** One entry a token, its latest use and the sum of its calls; ordered, so that two writers cannot deadlock. */
function sumUses(uses: readonly TokenUse[]): TokenUse[] {
  const sums = new Map<number, TokenUse>();
  for (const use of uses) {
    const other = sums.get(use.tokenId);
    if (other === undefined) sums.set(use.tokenId, use);
    else sums.set(use.tokenId, { ...(use.at >= other.at ? use : other), calls: use.calls + other.calls });
  }
  return [...sums.values()].sort((a, b) => a.tokenId - b.tokenId);
}

function usage(meta: Meta): Pick<TokenStore, 'lastUses' | 'recordUses'> {
  return {
    async lastUses(ids) {
      const uses = new Map<number, TokenUse>();
      for (const piece of inPieces(ids, 500)) {
        const { rows } = await meta.run(
          meta.build.selectFrom('rg_token_usage').selectAll().where('token_id', 'in', piece),
        );
        for (const row of rows) {
          const use = readRow(useFields, row);
          uses.set(use.tokenId, use);
        }
      }
      return uses;
    },
    async recordUses(uses) {
      for (const piece of inPieces(sumUses(uses), 200)) {
        const rows = piece.map((use) => writeRow(useFields, use));
        await meta.run(
          upsert(meta, 'rg_token_usage', ['token_id'], rows, ({ old, given }) => {
            const latest = (column: string) =>
              sql`case when ${given('last_used_at')} >= ${old('last_used_at')} then ${given(column)} else ${old(column)} end`;
            return {
              address: latest('address'),
              agent: latest('agent'),
              calls: sql`${old('calls')} + ${given('calls')}`,
              last_used_at: latest('last_used_at'), // last: MySQL's later assignments see it changed
            };
          }),
        );
      }
    },
  };
}

/**
 * API tokens, by the SHA-256 of their secret. A revoked token stays as a
 * tombstone, so that its number and its hash are never given again.
 */
export function createTokenStore(meta: Meta): TokenStore {
  const { build } = meta;
  const one = async (column: string, value: string | number): Promise<ApiToken | undefined> => {
    const { rows } = await meta.runHot(
      `tokens by ${column}`,
      (builder) => builder.selectFrom('rg_token').selectAll().where(column, '=', ''),
      [value],
    );
    return rows[0] === undefined ? undefined : read(rows[0]);
  };
  return {
    ...usage(meta),
    findByHash: (hash) => one('token_hash', hash),
    find: (id) => one('id', id),
    async list({ userId, baseId, limit, offset }) {
      let matching = build.selectFrom('rg_token').where('revoked_at', 'is', null);
      if (userId !== undefined) matching = matching.where('user_id', '=', userId);
      if (baseId !== undefined) matching = matching.where('base_id', baseId === null ? 'is' : '=', baseId);
      let page = matching.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc');
      if (limit !== undefined || offset !== undefined)
        page = page.limit(limit ?? 2 ** 31).offset(offset ?? 0);
      const { rows } = await meta.run(page);
      const total = await meta.run(matching.select((select) => select.fn.countAll().as('total')));
      return { tokens: rows.map(read), total: readTotal(total.rows) };
    },
    async insert(token) {
      const insert = build
        .insertInto('rg_token')
        .values(writeRow<Omit<ApiToken, 'id'>>(newTokenFields, token));
      const { insertId, rows } = await meta.run(
        meta.dialect === 'postgres' ? insert.returning('id') : insert,
      );
      const id = insertId ?? rows[0]?.id;
      if (id === undefined) throw new Error('the database did not tell the number of the new token');
      return Number(id);
    },
    async update(id, change) {
      const row = writeRow(tokenFields, change);
      if (Object.keys(row).length === 0) return;
      await meta.run(
        build.updateTable('rg_token').set(row).where('id', '=', id).where('revoked_at', 'is', null),
      );
    },
    async revoke(id, at, by, reason) {
      const row = { revoked_at: at, revoked_by: by, revoked_reason: reason, updated_at: at };
      await meta.run(
        build.updateTable('rg_token').set(row).where('id', '=', id).where('revoked_at', 'is', null),
      );
      await meta.run(build.deleteFrom('rg_token_secret').where('token_id', '=', id));
    },
    async saveSecret(id, secret) {
      const row = { token_id: id, ...writeRow(secretFields, secret) };
      await meta.run(upsert(meta, 'rg_token_secret', ['token_id'], [row]));
    },
    async secret(id) {
      const { rows } = await meta.run(
        build.selectFrom('rg_token_secret').selectAll().where('token_id', '=', id),
      );
      return rows[0] === undefined ? undefined : readRow(secretFields, rows[0]);
    },
  };
}
