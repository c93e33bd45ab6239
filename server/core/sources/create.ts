import { changeBase } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { startJob } from '../jobs/startJob.ts';
import type { Base, Caller } from '../model.ts';
import type { ForeignSchema, Job, SourceAddress } from '../ports.ts';
import { maxBaseTitle } from '../tables/limits.ts';
import { parseTitle } from '../tables/titles.ts';
import { addTables } from './addTables.ts';
import { introspect } from './inspect.ts';
import { createSourceJob } from './jobs.ts';

export interface SourceInput {
  readonly alias: string;
  readonly address: SourceAddress;
  readonly dataReadOnly: boolean;
  /** Physical names of the tables to show; absent: all of them. */
  readonly tables?: readonly string[] | undefined;
}

/** The wire's words for engines. */
export const wireTypes: Readonly<Record<SourceAddress['engine'], string>> = {
  sqlite: 'sqlite3',
  postgres: 'pg',
  mysql: 'mysql2',
};

function chooseTables({ tables }: ForeignSchema, chosen: readonly string[] | undefined) {
  if (chosen === undefined) return { shown: tables, leftOut: [] };
  const missing = chosen.find((name) => !tables.some((table) => table.name === name));
  if (missing !== undefined)
    throw new AppError('TABLE_NOT_FOUND', `The database has no table '${missing}' that can be shown.`);
  const wanted = new Set(chosen);
  return {
    shown: tables.filter(({ name }) => wanted.has(name)),
    leftOut: tables.flatMap(({ name }) => (wanted.has(name) ? [] : [name])),
  };
}

/** Throws FORBIDDEN where the instance connects no databases. */
export function requireAllowed(core: Core): void {
  if (core.sources.allowed) return;
  throw new AppError('FORBIDDEN', 'Forbidden - Existing databases cannot be connected to this instance.');
}

/**
 * Starts to connect an existing database to a base: it is read, and the chosen
 * tables become tables of the base. Nothing is written to it. Throws
 * FORBIDDEN, INVALID_REQUEST_BODY, RATE_LIMITED; what the database refuses is
 * the failure of the job.
 */
export async function createSource(core: Core, caller: Caller, base: Base, input: SourceInput): Promise<Job> {
  requireAllowed(core);
  const alias = parseTitle('name of the data source', input.alias, maxBaseTitle);
  const id = core.newId('source');
  return startJob(core, caller, {
    kind: createSourceJob,
    baseId: base.id,
    async work(job) {
      const schema = await introspect(core, input.address);
      const { shown, leftOut } = chooseTables(schema, input.tables);
      job.checkStopped();
      await changeBase(core, caller, base.id, async (change) => {
        const { tx, now } = change;
        const schemaName = input.address.engine === 'sqlite' ? null : input.address.schema;
        await tx.bases.insertSource(base.id, {
          id,
          alias,
          type: wireTypes[input.address.engine],
          external: {
            sealed: core.sources.seal(id, input.address),
            schema: schemaName,
            dataReadOnly: input.dataReadOnly,
            leftOut,
          },
          createdAt: now,
          updatedAt: now,
        });
        await addTables(core, change, id, shown);
        await change.audit('source.create', { target: id, details: { alias, tables: shown.length } });
      });
      return { id, tables: shown.length, notes: schema.notes };
    },
  });
}
