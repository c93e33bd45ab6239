import type { AnyColumnType, ParseContext } from '../../../columnTypes/columnType.ts';
import { type ColumnChange, changeColumn } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { parseContextFor } from '../members/parseContext.ts';
import type { Caller, Table } from '../model.ts';
import { requireTable } from '../tables/require.ts';
import { parseDescription, parseMeta, parseTitle } from '../tables/titles.ts';
import { dropUnfitViewParts } from '../views/fit.ts';
import { applyOptions, mapDefault, planOptions } from './changeOptions.ts';
import { convertDefault } from './conversion.ts';
import { type ColumnChanges, parseDefault, requireColumnType, requireComparable } from './draft.ts';
import { requireFreeTitles } from './freeTitles.ts';
import { requireNoNulls, requireNoRepeats } from './requirements.ts';
import { convertColumn, requireRetypable } from './retype.ts';
import { moveDisplay } from './setDisplay.ts';
import { updateNativeColumn } from './updateNative.ts';

export type { ColumnChanges } from './draft.ts';

/**
 * Changes a column; a new type or new options convert its values or change
 * nothing. Answers the table. Throws DUPLICATE_IN_ALIAS, INVALID_REQUEST_BODY
 * or COLUMN_OP_FAILED (with `rejected` and `rejectedCount` for values that do
 * not fit).
 */
export async function updateColumn(
  core: Core,
  caller: Caller,
  table: Table,
  columnId: string,
  changes: ColumnChanges,
): Promise<Table> {
  await changeColumn(core, caller, table, columnId, (change) => updateInside(core, change, changes));
  return requireTable(core, table.id);
}

async function updateInside(core: Core, change: ColumnChange, changes: ColumnChanges): Promise<void> {
  if (change.table.source !== undefined) return updateNativeColumn(core, change, changes);
  const { tx, base, table, column, now } = change;
  const title = chooseTitle(change, changes);
  const type = changes.type === undefined ? column.type : requireColumnType(changes.type);
  requireChangeable(change, changes, type);
  const parse = await parseContextFor(core, tx.users, base, [type, column.type]);
  const unique = changes.unique ?? column.unique;
  if (unique) requireComparable(title, type, 'unique');
  const { values, rebuildIndex } = await changeValues(core, change, changes, type, parse);
  const required = changes.required ?? column.required;
  if (required && !column.key && (!column.required || rebuildIndex))
    await requireNoNulls(change, type.storage);
  if (unique && (!column.unique || rebuildIndex)) {
    await requireNoRepeats(change, type);
    await tx.schema.createIndex(table.name, [column.name], true);
  }
  await tx.bases.updateColumn(column.id, {
    ...values,
    title,
    type: type.name,
    required,
    unique,
    ...(changes.description !== undefined && { description: parseDescription(changes.description) }),
    ...(changes.order !== undefined && { order: changes.order }),
    updatedAt: now,
  });
  if (changes.display === true) await moveDisplay(change, column);
  await tx.bases.updateTable(table.id, { updatedAt: now });
  const details = {
    title,
    changed: Object.keys(changes).filter((key) => changes[key as keyof ColumnChanges] !== undefined),
  };
  await change.audit('column.update', { tableId: table.id, target: column.id, details });
}

/** Converts type and options with the stored values; the index is gone when the values moved or it is not wanted. */
async function changeValues(
  core: Core,
  change: ColumnChange,
  changes: ColumnChanges,
  type: AnyColumnType,
  parse: ParseContext,
) {
  const { tx, table, column } = change;
  const retyped = type !== column.type;
  const meta = changes.meta === undefined ? (retyped ? null : column.meta) : parseMeta(changes.meta);
  const plan = await planOptions(core, change, type, changes, meta);
  const moved = retyped || plan.renamed.size > 0;
  if (column.unique && (moved || changes.unique === false)) {
    await tx.schema.dropIndex(table.name, [column.name], true);
  }
  if (retyped) {
    await convertColumn(change, { type, options: plan.options }, parse);
    await dropUnfitViewParts(core, change, { type, options: plan.options });
  } else await applyOptions(change, plan, parse);
  const kept = retyped
    ? convertDefault(column, { type, options: plan.options }, parse)
    : mapDefault(column, plan.renamed);
  const defaultValue =
    changes.defaultValue === undefined
      ? kept
      : parseDefault(column.title, type, plan.options, changes.defaultValue, parse);
  return { values: { meta, options: plan.options, defaultValue }, rebuildIndex: moved };
}

function chooseTitle({ table, column }: ColumnChange, changes: ColumnChanges): string {
  if (changes.title === undefined) return column.title;
  const title = parseTitle('field title', changes.title);
  requireFreeTitles([...table.columns.filter((other) => other.id !== column.id), { title }], table);
  return title;
}

/** System columns keep what clients rely on, keys what records are found by. */
function requireChangeable({ column }: ColumnChange, changes: ColumnChanges, type: AnyColumnType): void {
  const refuse = (what: string) =>
    new AppError('COLUMN_OP_FAILED', `Field '${column.title}' is ${what}; this change of it is not possible`);
  if (type !== column.type) requireRetypable(column, type);
  if (changes.key !== undefined && changes.key !== column.key) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      'The primary key of a table cannot change: keys are made with their table',
    );
  }
  if (column.key && changes.required === false)
    throw refuse('part of the primary key, which is always required');
  if (!column.system) return;
  const changed =
    (changes.title !== undefined && changes.title.trim() !== column.title) ||
    (changes.required !== undefined && changes.required !== column.required) ||
    (changes.unique !== undefined && changes.unique !== column.unique);
  if (changed) throw refuse('a system field');
}
