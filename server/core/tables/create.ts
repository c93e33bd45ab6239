import { findColumnType } from '../../../columnTypes/index.ts';
import { type BaseChange, changeBase } from '../bases/change.ts';
import { chooseDisplay } from '../columns/display.ts';
import { type ColumnDraft, type ColumnInput, draftColumn } from '../columns/draft.ts';
import { requireFreeTitles } from '../columns/freeTitles.ts';
import { choosePhysicalNames, newColumnOf, placeColumn } from '../columns/place.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { parseContextFor } from '../members/parseContext.ts';
import type { Base, Caller, Table } from '../model.ts';
import { newGridView } from '../views/draft.ts';
import { maxColumnsOfTable, maxTablesOfBase } from './limits.ts';
import { choosePhysicalName } from './physicalNames.ts';
import { requireTable } from './require.ts';
import { chooseSystemTitle, idColumn, isSystemColumn, systemColumns } from './systemColumns.ts';
import { type Meta, parseDescription, parseMeta, parseTitle, sameTitle } from './titles.ts';

export interface TableInput {
  readonly title?: string | undefined;
  /** Wish for the physical name; also the title when there is none. */
  readonly name?: string | undefined;
  readonly columns: readonly ColumnInput[];
  readonly description?: string | null | undefined;
  readonly meta?: Meta | null | undefined;
}

/**
 * Creates a table with its columns, automatic columns and default grid view.
 * Columns marked `key` replace the automatic `Id`. Throws DUPLICATE_IN_ALIAS,
 * INVALID_REQUEST_BODY, COLUMN_OP_FAILED or TABLE_OP_FAILED.
 */
export async function createTable(
  core: Core,
  caller: Caller,
  base: Pick<Base, 'id'>,
  input: TableInput,
): Promise<Table> {
  const id = await changeBase(core, caller, base.id, (change) => addTable(core, change, input));
  return requireTable(core, id);
}

/** The same inside a change that is already under way; answers the id. */
export async function addTable(core: Core, change: BaseChange, input: TableInput): Promise<string> {
  const { tx, base, now } = change;
  const title = requireFreeTableTitle(
    base,
    parseTitle('table title', input.title?.trim() ? input.title : (input.name ?? '')),
  );
  if (base.tables.length >= maxTablesOfBase) {
    throw new AppError(
      'TABLE_OP_FAILED',
      `Base '${base.id}' has ${maxTablesOfBase} tables, which is the limit`,
    );
  }
  const drafts = await draftColumns(core, change, input.columns);
  const taken = new Set(base.tables.map((table) => table.name.toLowerCase()));
  const row = {
    id: core.newId('table'),
    baseId: base.id,
    sourceId: base.sources[0]?.id ?? '',
    title,
    name: choosePhysicalName(input.name ?? title, 'table', taken, base.prefix),
    order: Math.max(0, ...base.tables.map((table) => table.order)) + 1,
    description: parseDescription(input.description ?? null),
    meta: parseMeta(input.meta ?? null),
    createdAt: now,
    updatedAt: now,
  };
  const display = chooseDisplay(drafts);
  const names = choosePhysicalNames(drafts, new Set());
  const columns = drafts.map((draft, index) =>
    placeColumn(draft, {
      id: core.newId('column'),
      table: row,
      name: names[index] as string,
      order: index + 1,
      display: draft === display,
      now,
    }),
  );
  await tx.schema.createTable(row.name, columns.map(newColumnOf));
  for (const column of columns) if (column.unique) await tx.schema.createIndex(row.name, [column.name], true);
  await tx.bases.insertTable(row);
  await tx.bases.insertColumns(columns);
  await tx.bases.insertView({ ...defaultView(core.newId('view'), row.id, title, now), baseId: base.id });
  await change.audit('table.create', { tableId: row.id, target: row.id, details: { title } });
  return row.id;
}

/** Throws DUPLICATE_IN_ALIAS when another table of the base has the title. */
export function requireFreeTableTitle(base: Base, title: string, except?: string): string {
  if (base.tables.some((table) => table.id !== except && sameTitle(table.title, title))) {
    throw new AppError('DUPLICATE_IN_ALIAS', `Duplicate table alias '${title}' at base '${base.id}'`);
  }
  return title;
}

/** The caller's columns after the automatic ones, in the order they are shown. */
async function draftColumns(
  core: Core,
  change: BaseChange,
  inputs: readonly ColumnInput[],
): Promise<ColumnDraft[]> {
  if (inputs.length > maxColumnsOfTable - systemColumns.length - 1) {
    throw new AppError(
      'TABLE_OP_FAILED',
      `A table can have at most ${maxColumnsOfTable} fields, automatic ones included`,
    );
  }
  const types = inputs.flatMap((input) => findColumnType(input.type) ?? []);
  const context = {
    parse: await parseContextFor(core, change.tx.users, change.base, types),
    newOptionId: () => core.newId('option'),
  };
  const own = inputs.map((input) => draftColumn(input, context)).filter((draft) => !isSystemColumn(draft));
  const key = own.filter((draft) => draft.key);
  if (key.length > 1 && key.some((draft) => draft.autoIncrement)) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      'A key of several fields cannot number itself: leave `ai` and the type ID out',
    );
  }
  const automatic = (key.length === 0 ? [idColumn, ...systemColumns] : systemColumns).map((input) => {
    const title = chooseSystemTitle(
      input.title,
      own.map((draft) => draft.title),
    );
    return { ...draftColumn({ ...input, title }, context), system: input !== idColumn };
  });
  const drafts =
    key.length === 0 ? [...automatic, ...own] : [...key, ...automatic, ...own.filter((draft) => !draft.key)];
  requireFreeTitles(drafts, { title: 'the new table', baseId: change.base.id });
  return drafts;
}

function defaultView(id: string, tableId: string, title: string, now: number) {
  return { ...newGridView({ id, tableId, title, order: 1, now }), isDefault: true };
}
