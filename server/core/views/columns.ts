import type { BaseVerb } from '../../../vocabulary/verbs.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Column, View, ViewColumn } from '../model.ts';
import { requireColumn } from '../query/view.ts';
import { requireAggregation } from '../records/aggregate.ts';
import { shorten } from '../records/text.ts';
import { changeView, type ViewChange, type ViewPlace } from './change.ts';
import { defaultWidth } from './resolve.ts';

/** How a view shows a column; what is absent stays, null is the default again. */
export interface ViewColumnChanges {
  readonly show?: boolean | undefined;
  readonly order?: number | undefined;
  readonly width?: string | number | null | undefined;
  readonly aggregation?: string | null | undefined;
  readonly groupBy?: boolean | undefined;
  readonly groupByOrder?: number | null | undefined;
  readonly groupBySort?: string | null | undefined;
}

/** The id the wire gives to a column of a view. */
export const viewColumnId = (view: Pick<View, 'id'>, column: Pick<Column, 'id'>): string =>
  `nc${view.id}_${column.id}`;

/** The view and column that such an id names; undefined for any other text. */
export function parseViewColumnId(id: string): { viewId: string; columnId: string } | undefined {
  const [, viewId, columnId] = /^nc([^_]+)_(.+)$/.exec(id) ?? [];
  return viewId === undefined || columnId === undefined ? undefined : { viewId, columnId };
}

export const viewColumnNotFound = (id: string): AppError =>
  new AppError('GENERIC_NOT_FOUND', `View column '${shorten(id)}' not found`);

const groupSorts = ['asc', 'desc', 'count-asc', 'count-desc'];
const refuse = (message: string): AppError => new AppError('INVALID_REQUEST_BODY', message);

function parseWidth(given: string | number | null): string {
  if (given === null || given === '') return defaultWidth;
  const width = typeof given === 'number' ? `${given}px` : given.trim();
  if (!/^\d{1,4}(?:\.\d{1,3})?(?:px)?$/.test(width)) throw refuse("width must be like '180px'");
  return width.endsWith('px') ? width : `${width}px`;
}

/** Throws UNPROCESSABLE for a word that is none or does not fit the column. */
function parseAggregation(column: Column, given: string | null): string | null {
  if (given === null || given === '' || given === 'none') return null;
  requireAggregation(column, given);
  return given;
}

function parseGroupSort(given: string | null): string | null {
  if (given === null || given === '') return null;
  if (!groupSorts.includes(given)) throw refuse(`group_by_sort must be one of: ${groupSorts.join(', ')}`);
  return given;
}

function applyChanges(current: ViewColumn, changes: ViewColumnChanges): ViewColumn {
  const { show, order, width, aggregation, groupBy, groupByOrder, groupBySort } = changes;
  return {
    ...current,
    ...(show !== undefined && { show }),
    ...(order !== undefined && { order }),
    ...(width !== undefined && { width: parseWidth(width) }),
    ...(aggregation !== undefined && { aggregation: parseAggregation(current.column, aggregation) }),
    ...(groupBy !== undefined && { groupBy }),
    ...(groupByOrder !== undefined && { groupByOrder }),
    ...(groupBySort !== undefined && { groupBySort: parseGroupSort(groupBySort) }),
  };
}

/**
 * Stores what changed, and the place of every column the view was never told
 * about: from now on these have an order of their own.
 */
async function saveColumns(
  { tx, base, view, now }: ViewChange,
  columns: readonly ViewColumn[],
): Promise<void> {
  const changed = columns.filter((each, index) => !each.stored || each !== view.columns[index]);
  await tx.bases.saveViewColumns(
    changed.map(({ column, stored: _, ...rest }) => ({
      ...rest,
      viewId: view.id,
      baseId: base.id,
      columnId: column.id,
      updatedAt: now,
    })),
  );
}

/** Changes how a view shows one column. Throws FIELD_NOT_FOUND and what changeView throws. */
export function updateViewColumn(
  core: Core,
  caller: Caller,
  verb: BaseVerb,
  place: ViewPlace & { readonly column: string },
  changes: ViewColumnChanges,
): Promise<void> {
  return changeView(core, caller, verb, place, async (change) => {
    const column = requireColumn(change.table, place.column);
    await saveColumns(
      change,
      change.view.columns.map((each) => (each.column.id === column.id ? applyChanges(each, changes) : each)),
    );
  });
}

/**
 * Shows or hides every column but those named; the display column stays, so
 * that a record can still be told from another.
 */
export function showAllColumns(
  core: Core,
  caller: Caller,
  place: ViewPlace,
  show: boolean,
  except: readonly string[],
): Promise<void> {
  const verb = show ? 'showAllColumns' : 'hideAllColumns';
  const ids = new Set(except.map((id) => parseViewColumnId(id)?.columnId ?? id));
  return changeView(core, caller, verb, place, async (change) => {
    const known = new Set(change.table.columns.map((column) => column.id));
    for (const id of ids) {
      if (!known.has(id)) throw refuse(`ignoreIds names '${shorten(id)}', which is no field of the table`);
    }
    await saveColumns(
      change,
      change.view.columns.map((each) => {
        const stays = ids.has(each.column.id) || (!show && each.column.display);
        return stays || each.show === show ? each : { ...each, show };
      }),
    );
  });
}
