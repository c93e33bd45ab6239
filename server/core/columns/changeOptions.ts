import type { AnyColumnType, ParseContext } from '../../../columnTypes/columnType.ts';
import { columnOf, isNotNull, type Value } from '../../../columnTypes/query.ts';
import type { ColumnChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import type { Column } from '../model.ts';
import type { Meta } from '../tables/titles.ts';
import { choicesOf, keepChoiceIds, planChoiceChanges, takesChoices } from './choices.ts';
import { type ColumnInput, mergeOptions, parseOptions } from './draft.ts';
import { choicesFromData, requireFittingValues } from './retype.ts';
import { columnRef, scanColumn, tableRef, writeColumn } from './rewrite.ts';

export interface OptionsPlan {
  readonly options: Record<string, unknown>;
  /** Choices whose values change: title → new title, or null when it is gone. */
  readonly renamed: ReadonlyMap<string, string | null>;
}

/** The options a column will have. Choices stay, or come from the data, when none are given. */
export async function planOptions(
  core: Core,
  change: ColumnChange,
  type: AnyColumnType,
  given: Partial<ColumnInput>,
  meta: Meta | null,
): Promise<OptionsPlan> {
  const { column } = change;
  const current = choicesOf(column.options) ?? [];
  let input = mergeOptions(meta, given.options);
  if (takesChoices(type)) {
    if (choicesOf(input) !== undefined) input = keepChoiceIds(input, current) as Meta;
    else if (current.length > 0 || type === column.type) input = { ...input, options: current };
    else input = { ...input, options: await choicesFromData(change, type) };
  }
  const options = parseOptions(column.title, type, input, () => core.newId('option'));
  const next = type === column.type ? choicesOf(options) : undefined;
  return { options, renamed: next === undefined ? new Map() : planChoiceChanges(current, next) };
}

/** Carries stored values over to new options of the same type. */
export async function applyOptions(
  change: ColumnChange,
  plan: OptionsPlan,
  parse: ParseContext,
): Promise<void> {
  const { tx, table, column } = change;
  if (choicesOf(plan.options) === undefined) {
    const same = JSON.stringify(plan.options) === JSON.stringify(column.options);
    if (!same) await requireFittingValues(change, plan.options, parse);
    return;
  }
  if (plan.renamed.size === 0) return;
  const filled = isNotNull(columnOf(column.name, column.storage));
  for await (const batch of scanColumn(tx, tableRef(table), columnRef(column), filled)) {
    const writes = batch.flatMap((row) => {
      const value = renameChoices(row.value, column, plan.renamed);
      return value === row.value ? [] : [{ key: row.key, value }];
    });
    await writeColumn(tx, tableRef(table), columnRef(column), writes);
  }
}

/** A default that names a choice follows it. */
export const mapDefault = (column: Column, renamed: OptionsPlan['renamed']): string | null =>
  renamed.size === 0
    ? column.defaultValue
    : (renameChoices(column.defaultValue, column, renamed) as string | null);

function renameChoices(value: Value, column: Column, renamed: OptionsPlan['renamed']): Value {
  if (typeof value !== 'string') return value;
  const rename = (title: string): string | null =>
    renamed.has(title) ? (renamed.get(title) ?? null) : title;
  if (column.type.json !== 'list') return rename(value);
  const kept = value
    .split(',')
    .map(rename)
    .filter((title) => title !== null);
  return kept.length === 0 ? null : [...new Set(kept)].join(',');
}
