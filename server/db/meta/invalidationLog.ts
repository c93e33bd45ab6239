import { sql } from 'kysely';
import type { InvalidationKind, Maybe } from '../../core/ports.ts';
import type { Database, Dialect, Execute, Execution } from '../engine.ts';
import { type Builder, builderOf, toSql } from './builder.ts';
import { inPieces } from './fields.ts';

/**
 * What every process on the database must forget, in the order of commits.
 * The epoch is one row that counts up: whoever counts holds the row until the
 * commit, so a number is never visible before a smaller one (a sequence would
 * allow that, and a reader at 2 would never see a late 1).
 */

export interface Invalidation {
  readonly kind: InvalidationKind;
  readonly key: string;
}

/** The log after some epoch, as of one instant. */
export interface LogTail {
  readonly epoch: number;
  /** In order of commits. Every epoch has at least one entry, so a gap means that the log was trimmed. */
  readonly entries: readonly (Invalidation & { readonly v: number })[];
}

export interface InvalidationLog {
  /** Counts the epoch up and writes the entries (at least one) in the caller's transaction; returns the new epoch. */
  append(execute: Execute, entries: readonly Invalidation[]): Promise<number>;
  /** Committed entries after epoch `since`. At once where the database answers at once. */
  readAfter(since: number): Maybe<LogTail>;
  /**
   * Differs from the last answer whenever another process has committed since;
   * may differ without a reason. Undefined where only reading the log tells.
   */
  readonly dataVersion: (() => number) | undefined;
}

/** Epochs kept. A process that slept through more of them forgets everything instead. */
const epochsKept = 10_000;
/** Old entries are removed at every this many epochs. */
const trimEvery = 100;

function appendStatements(build: Builder) {
  return {
    bump: toSql(build.updateTable('rg_epoch').set({ v: sql`v + 1` }).where('id', '=', 1)),
    epoch: toSql(build.selectFrom('rg_epoch').select('v').where('id', '=', 1)),
  };
}

/** One statement, so that epoch and entries are of the same instant. */
const tailStatement = (build: Builder, since: number) =>
  toSql(
    build
      .selectFrom('rg_epoch as e')
      .leftJoin('rg_invalidation as i', (join) => join.on('i.v', '>', since))
      .select(['e.v as epoch', 'i.v as v', 'i.kind as kind', 'i.key as key'])
      .where('e.id', '=', 1)
      .orderBy('i.v'),
  );

function readTail({ rows }: Execution): LogTail {
  if (rows[0] === undefined) throw new Error('the table rg_epoch has lost its only row');
  const entries = rows
    .filter((row) => row.v !== null)
    .map((row) => ({ v: Number(row.v), kind: String(row.kind) as InvalidationKind, key: String(row.key) }));
  return { epoch: Number(rows[0].epoch), entries };
}

export function createInvalidationLog(
  /** `execute` must read committed data only: entries of a transaction that is still open may never come true. */
  database: Pick<Database, 'execute' | 'dataVersion'>,
  dialect: Pick<Dialect, 'name'>,
  now: () => number = Date.now,
): InvalidationLog {
  const build = builderOf(dialect.name);
  const { bump, epoch } = appendStatements(build);
  const tailText = tailStatement(build, 0);
  const sinceAt = tailText.params.indexOf(0);
  return {
    async append(execute, entries) {
      await execute(bump);
      const v = Number((await execute(epoch)).rows[0]?.v);
      const at = now();
      for (const piece of inPieces(entries, 200)) {
        const rows = piece.map(({ kind, key }) => ({ v, kind, key, at }));
        await execute(toSql(build.insertInto('rg_invalidation').values(rows)));
      }
      if (v % trimEvery === 0) {
        await execute(toSql(build.deleteFrom('rg_invalidation').where('v', '<=', v - epochsKept)));
      }
      return v;
    },
    readAfter(since) {
      const params = tailText.params.map((value, index) => (index === sinceAt ? since : value));
      const answer = database.execute({ text: tailText.text, params });
      return answer instanceof Promise ? answer.then(readTail) : readTail(answer);
    },
    dataVersion: database.dataVersion,
  };
}
