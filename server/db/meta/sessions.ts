import type { Session } from '../../core/model.ts';
import type { SessionStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import { type Fields, number, optionalNumber, optionalText, readRow, text, writeRow } from './fields.ts';

const sessionFields: Fields<Session> = {
  id: text('id'),
  userId: text('user_id'),
  salt: text('salt'),
  generation: number('generation'),
  rotatedAt: number('rotated_at'),
  createdAt: number('created_at'),
  lastSeenAt: number('last_seen_at'),
  authTime: number('auth_time'),
  hardUntil: number('hard_until'),
  address: optionalText('address'),
  agent: optionalText('agent'),
  revokedAt: optionalNumber('revoked_at'),
};

const read = (row: Record<string, unknown>): Session => readRow(sessionFields, row);

/** Sign-ins; a revoked one stays as a row, so that a late refresh is told apart from a forged one. */
export function createSessionStore(meta: Meta): SessionStore {
  const { build } = meta;
  return {
    async find(id) {
      const { rows } = await meta.runHot(
        'sessions by id',
        (builder) => builder.selectFrom('rg_session').selectAll().where('id', '=', ''),
        [id],
      );
      return rows[0] === undefined ? undefined : read(rows[0]);
    },
    async listOfUser(userId) {
      const { rows } = await meta.run(
        build
          .selectFrom('rg_session')
          .selectAll()
          .where('user_id', '=', userId)
          .where('revoked_at', 'is', null)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc'),
      );
      return rows.map(read);
    },
    async insert(session) {
      await meta.run(build.insertInto('rg_session').values(writeRow(sessionFields, session)));
    },
    async advance(id, from, at) {
      const { changes } = await meta.run(
        build
          .updateTable('rg_session')
          .set({ generation: from + 1, rotated_at: at, last_seen_at: at })
          .where('id', '=', id)
          .where('generation', '=', from)
          .where('revoked_at', 'is', null),
      );
      return changes === 1;
    },
    async touch(id, lastSeenAt) {
      await meta.run(
        build
          .updateTable('rg_session')
          .set({ last_seen_at: lastSeenAt })
          .where('id', '=', id)
          .where('last_seen_at', '<', lastSeenAt),
      );
    },
    async revoke(id, at, reason) {
      await meta.run(
        build
          .updateTable('rg_session')
          .set({ revoked_at: at, revoked_reason: reason })
          .where('id', '=', id)
          .where('revoked_at', 'is', null),
      );
    },
    async revokeAllOfUser(userId, at, reason, except) {
      // Revoke first and then read who was hit: the other order would not name a session made in between.
      const others = build
        .updateTable('rg_session')
        .set({ revoked_at: at, revoked_reason: reason })
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null);
      await meta.run(except === undefined ? others : others.where('id', '<>', except));
      const { rows } = await meta.run(
        build
          .selectFrom('rg_session')
          .select('id')
          .where('user_id', '=', userId)
          .where('revoked_at', '=', at),
      );
      return rows.map((row) => String(row.id));
    },
  };
}
