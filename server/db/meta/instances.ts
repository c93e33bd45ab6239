import { type RawBuilder, sql } from 'kysely';
import type { Dialect, Execute } from '../engine.ts';
import { builderOf, type DialectName, toSql } from './builder.ts';

/**
 * The instances on one database. Times are the database's own, so that the
 * clocks of the machines need not agree.
 */
export interface InstanceStore {
  /** Adds the instance, or prolongs its lease: it may trust its caches for `lease` milliseconds at most. */
  join(id: string, lease: number): Promise<void>;
  /** Keeps that everything up to `applied` was heard; never goes back. */
  acknowledge(id: string, applied: number): Promise<void>;
  /**
   * Milliseconds until the last of the others that have not heard `epoch` stops
   * trusting its caches; 0 when everyone has heard.
   */
  untilHeard(id: string, epoch: number): Promise<number>;
  /** Ids of the others whose lease has not ended. */
  others(id: string): Promise<string[]>;
  isAlive(id: string): Promise<boolean>;
  leave(id: string): Promise<void>;
  /** Forgets instances whose lease ended more than `after` milliseconds ago; how many. */
  removeDead(after: number): Promise<number>;
}

/** Milliseconds since 1970 at the moment the statement runs. */
const clocks: Record<DialectName, RawBuilder<number>> = {
  sqlite: sql`cast(unixepoch('subsec') * 1000 as integer)`,
  postgres: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  mysql: sql`cast(unix_timestamp(sysdate(3)) * 1000 as signed)`,
};

/** @param execute on a connection of its own, so that no slow read delays a lease */
export function createInstanceStore(execute: Execute, dialect: Pick<Dialect, 'name'>): InstanceStore {
  const build = builderOf(dialect.name);
  const now = clocks[dialect.name];
  const after = (milliseconds: number): RawBuilder<number> => sql`${now} + ${milliseconds}`;
  const rows = () => build.selectFrom('rg_instance');
  const run = async (statement: Parameters<typeof toSql>[0]) => execute(toSql(statement));

  return {
    async join(id, lease) {
      const prolong = build
        .updateTable('rg_instance')
        .set({ lease_until: after(lease) })
        .where('id', '=', id);
      if ((await run(prolong)).changes > 0) return;
      // It has heard nothing yet: whoever commits now waits for its first look.
      const row = { id, applied: -1, lease_until: after(lease), started_at: now };
      await run(build.insertInto('rg_instance').values(row));
    },
    async acknowledge(id, applied) {
      await run(
        build.updateTable('rg_instance').set({ applied }).where('id', '=', id).where('applied', '<', applied),
      );
    },
    async untilHeard(id, epoch) {
      const behind = rows()
        .select(sql<number>`max(lease_until) - ${now}`.as('remaining'))
        .where('id', '<>', id)
        .where('applied', '<', epoch)
        .where('lease_until', '>', now);
      return Number((await run(behind)).rows[0]?.remaining ?? 0);
    },
    async others(id) {
      const living = rows().select('id').where('id', '<>', id).where('lease_until', '>', now);
      return (await run(living)).rows.map((row) => String(row.id));
    },
    async isAlive(id) {
      const { rows: found } = await run(
        rows().select('id').where('id', '=', id).where('lease_until', '>', now),
      );
      return found.length > 0;
    },
    async leave(id) {
      await run(build.deleteFrom('rg_instance').where('id', '=', id));
    },
    async removeDead(milliseconds) {
      const dead = build
        .deleteFrom('rg_instance')
        .where('lease_until', '<', sql<number>`${now} - ${milliseconds}`);
      return (await run(dead)).changes;
    },
  };
}
