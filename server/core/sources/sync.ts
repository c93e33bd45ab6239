import { findColumnType } from '../../../columnTypes/index.ts';
import { type BaseChange, changeBase } from '../bases/change.ts';
import { choicesOf } from '../columns/choices.ts';
import type { Core } from '../context.ts';
import { startJob } from '../jobs/startJob.ts';
import type { Base, Caller, Column, Source, Table } from '../model.ts';
import type { ForeignSchema, Job } from '../ports.ts';
import { maxColumnsOfTable } from '../tables/limits.ts';
import { dropUnfitViewParts } from '../views/fit.ts';
import { addTables } from './addTables.ts';
import { requireExternal } from './change.ts';
import { requireAllowed } from './create.ts';
import { compareSchema, type Difference } from './diff.ts';
import { draftColumn, type NativeShape } from './draftTable.ts';
import { introspect } from './inspect.ts';
import { metaDiffJob, metaSyncJob } from './jobs.ts';
import { titleOf } from './titles.ts';

/** Which source, or all connected ones of the base. Throws SOURCE_NOT_FOUND, BAD_REQUEST. */
function chooseSources(base: Base, sourceId: string | undefined): Source[] {
  if (sourceId !== undefined) return [requireExternal(base, sourceId)];
  return base.sources.filter((source) => source.external !== undefined);
}

const look = (core: Core, { id, external }: Source): Promise<ForeignSchema> =>
  introspect(core, core.sources.open(id, external?.sealed ?? ''));

/** What a difference looks like in the result of a job. */
export type ToldDifference = Readonly<Record<string, unknown>>;

/** Starts to look for what changed outside. `tell` shapes the result. Throws SOURCE_NOT_FOUND, RATE_LIMITED. */
export async function startDiff(
  core: Core,
  caller: Caller,
  base: Base,
  sourceId: string | undefined,
  tell: (source: Source, differences: readonly Difference[]) => readonly ToldDifference[],
): Promise<Job> {
  requireAllowed(core);
  const sources = chooseSources(base, sourceId);
  return startJob(core, caller, {
    kind: metaDiffJob,
    baseId: base.id,
    async work() {
      const diff: ToldDifference[] = [];
      for (const source of sources)
        diff.push(...tell(source, compareSchema(base, source, await look(core, source))));
      return { diff };
    },
  });
}

/**
 * Starts to make the base know what its sources are now: new tables, except
 * those left out on purpose unless `adding` names them, new and changed
 * columns; what is gone is forgotten. Throws SOURCE_NOT_FOUND, RATE_LIMITED.
 */
export async function startSync(
  core: Core,
  caller: Caller,
  base: Base,
  sourceId: string | undefined,
  adding: readonly string[] = [],
): Promise<Job> {
  requireAllowed(core);
  const sources = chooseSources(base, sourceId);
  return startJob(core, caller, {
    kind: metaSyncJob,
    baseId: base.id,
    async work(job) {
      let changes = 0;
      for (const source of sources) {
        const schema = await look(core, source);
        job.checkStopped();
        changes += await changeBase(core, caller, base.id, (change) =>
          applyDifferences(core, change, source.id, schema, adding),
        );
      }
      return { changes };
    },
  });
}

async function applyDifferences(
  core: Core,
  change: BaseChange,
  sourceId: string,
  schema: ForeignSchema,
  adding: readonly string[],
): Promise<number> {
  const { tx, base, now, audit } = change;
  const source = requireExternal(base, sourceId);
  const differences = compareSchema(base, source, schema, adding);
  const grown: Grown = new Map();
  for (const difference of differences) await applyOne(core, change, difference, grown);
  const own = base.tables.filter((table) => table.sourceId === sourceId);
  const gone = new Set(differences.flatMap((each) => (each.kind === 'tableRemoved' ? [each.table.id] : [])));
  const added = differences.flatMap((each) => (each.kind === 'tableAdded' ? [each.foreign] : []));
  const kept = own.filter((table) => !gone.has(table.id));
  await addTables(
    core,
    { ...change, base: { ...base, tables: base.tables.filter((table) => !gone.has(table.id)) } },
    sourceId,
    added,
    kept,
  );
  const names = new Set(schema.tables.map(({ name }) => name));
  const leftOut = source.external.leftOut.filter((name) => names.has(name) && !adding.includes(name));
  await tx.bases.updateSource(sourceId, { external: { ...source.external, leftOut }, updatedAt: now });
  if (differences.length > 0)
    await audit('source.sync', { target: sourceId, details: { changes: differences.length } });
  return differences.length;
}

/** Columns that tables got in this change, by table. */
type Grown = Map<string, { title: string; order: number }[]>;

async function applyOne(core: Core, change: BaseChange, difference: Difference, grown: Grown): Promise<void> {
  const { tx, now } = change;
  switch (difference.kind) {
    case 'tableAdded':
      return; // all at once, so that they can refer to each other
    case 'tableRemoved':
      return tx.bases.deleteTable(difference.table.id);
    case 'tableChanged':
      return tx.bases.updateTable(difference.table.id, {
        native: { kind: difference.foreign.kind },
        updatedAt: now,
      });
    case 'columnAdded':
      return addColumn(core, change, difference, grown);
    case 'columnRemoved':
      return removeColumn(change, difference.table, difference.column);
    case 'columnChanged':
      return changeColumn(core, change, difference.table, difference.column, difference.shape);
    case 'referenceChanged':
      return tx.bases.updateColumn(difference.column.id, {
        references: difference.reference,
        updatedAt: now,
      });
  }
}

async function addColumn(
  core: Core,
  { tx, now }: BaseChange,
  { table, foreign, shape }: Difference & { kind: 'columnAdded' },
  grown: Grown,
): Promise<void> {
  const added = grown.get(table.id) ?? [];
  const current = [...table.columns, ...added];
  if (current.length >= maxColumnsOfTable) return;
  const titles = new Set(current.map(({ title }) => title.toLowerCase()));
  const order = Math.max(0, ...current.map((row) => row.order)) + 1;
  const title = titleOf(foreign.name, 'Field', titles);
  const fresh = { ...shape, options: withIds(core, shape.options, undefined) };
  const row = draftColumn(foreign, fresh, { table, order, title }, { newId: core.newId, now });
  await tx.bases.insertColumns([row]);
  grown.set(table.id, [...added, row]);
}

/** The next column takes over what stood for a record. */
async function removeColumn({ tx }: BaseChange, table: Table, column: Column): Promise<void> {
  await tx.bases.deleteColumn(column.id);
  const next = table.columns.find((other) => other.id !== column.id);
  if (column.display && next !== undefined) await tx.bases.updateColumn(next.id, { display: true });
}

async function changeColumn(
  core: Core,
  change: BaseChange,
  table: Table,
  column: Column,
  shape: NativeShape,
): Promise<void> {
  const type = findColumnType(shape.type);
  if (type === undefined) throw new Error(`a native column was mapped to an unknown type: ${shape.type}`);
  const chosen = choicesOf(shape.options) !== undefined;
  const keeps = type === column.type && !chosen;
  const options = keeps ? column.options : withIds(core, shape.options, column);
  if (type !== column.type) await dropUnfitViewParts(core, { ...change, table, column }, { type, options });
  await change.tx.bases.updateColumn(column.id, { ...shape, options, updatedAt: change.now });
}

/** Options of a select keep id and colour while their title stays. */
function withIds(core: Core, options: NativeShape['options'], column: Column | undefined) {
  const choices = choicesOf(options);
  if (choices === undefined) return options;
  const before = new Map(choicesOf(column?.options)?.map((choice) => [choice.title, choice]));
  return {
    ...options,
    options: choices.map(({ title }) => before.get(title) ?? { id: core.newId('option'), title }),
  };
}
