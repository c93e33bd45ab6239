import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import type { ColumnChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { requireOwnSchema } from '../sources/guards.ts';
import { parseDescription, parseMeta, parseTitle } from '../tables/titles.ts';
import { choicesOf, keepChoiceIds, takesChoices } from './choices.ts';
import { type ColumnChanges, mergeOptions, parseOptions, requireColumnType } from './draft.ts';
import { requireFreeTitles } from './freeTitles.ts';
import { moveDisplay } from './setDisplay.ts';

const sorted = (options: unknown): string =>
  JSON.stringify(
    choicesOf(options)
      ?.map(({ title }) => title)
      .sort(),
  );

/** Options that change how values look; the values of an enumeration are its database's. */
function chooseOptions(
  core: Core,
  { column, table }: ColumnChange,
  type: AnyColumnType,
  changes: ColumnChanges,
) {
  if (changes.options === undefined && changes.meta === undefined) return column.options;
  const current = choicesOf(column.options) ?? [];
  let input = mergeOptions(changes.meta ?? column.meta, changes.options);
  if (takesChoices(type)) {
    input =
      choicesOf(input) === undefined
        ? { ...input, options: current }
        : (keepChoiceIds(input, current) as typeof input);
  }
  const options = parseOptions(column.title, type, input, () => core.newId('option'));
  if (sorted(options) !== sorted(column.options)) requireOwnSchema(table);
  return options;
}

/**
 * Changes what we keep of a column of a connected database: title,
 * description, order, display and looks. A client may send the rest as it is.
 * Throws FORBIDDEN for anything that is its database's business.
 */
export async function updateNativeColumn(
  core: Core,
  change: ColumnChange,
  changes: ColumnChanges,
): Promise<void> {
  const { tx, table, column, now } = change;
  const type = changes.type === undefined ? column.type : requireColumnType(changes.type);
  const differs = (given: unknown, current: unknown): boolean => given !== undefined && given !== current;
  const physical =
    type !== column.type ||
    differs(changes.key, column.key) ||
    differs(changes.required, column.required) ||
    differs(changes.unique, column.unique) ||
    differs(changes.autoIncrement, column.autoIncrement) ||
    differs(changes.defaultValue === '' ? null : changes.defaultValue, column.defaultValue);
  if (physical) requireOwnSchema(table);
  const title = changes.title === undefined ? column.title : parseTitle('field title', changes.title);
  if (title !== column.title)
    requireFreeTitles([...table.columns.filter((other) => other.id !== column.id), { title }], table);
  await tx.bases.updateColumn(column.id, {
    title,
    options: chooseOptions(core, change, type, changes),
    ...(changes.meta !== undefined && { meta: parseMeta(changes.meta) }),
    ...(changes.description !== undefined && { description: parseDescription(changes.description) }),
    ...(changes.order !== undefined && { order: changes.order }),
    updatedAt: now,
  });
  if (changes.display === true) await moveDisplay(change, column);
  await tx.bases.updateTable(table.id, { updatedAt: now });
  await change.audit('column.update', { tableId: table.id, target: column.id, details: { title } });
}
