import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import type { RawValue, ReadField } from '../ports.ts';
import { planSelection, tableRef } from '../query/plan.ts';
import type { RecordSelection } from '../query/request.ts';
import { requireColumn, requireGridView } from '../query/view.ts';
import { type Aggregation, aggregations, fitsColumn } from './aggregations.ts';
import { planContext } from './list.ts';
import { createRowWriter } from './writer.ts';

export interface AggregationTerm {
  readonly field: string;
  readonly type: string;
}

interface PlannedTerm {
  readonly key: string;
  readonly aggregation: Aggregation;
  readonly fields: readonly ReadField[];
}

/** Aggregations of one request; the wire names no bound. */
export const maxAggregations = 200;

/** Throws UNPROCESSABLE for an aggregation that is unknown or does not fit the column. */
export function requireAggregation(column: Column, type: string): Aggregation {
  const aggregation = Object.hasOwn(aggregations, type) ? aggregations[type] : undefined;
  if (aggregation === undefined) {
    const words = Object.keys(aggregations).join(', ');
    throw new AppError('UNPROCESSABLE', `Aggregation '${type}' is not known. Use one of: ${words}`);
  }
  if (!fitsColumn(aggregation, column)) {
    throw new AppError(
      'UNPROCESSABLE',
      `Aggregation '${type}' is not supported for type ${column.type.name} on column '${column.title}'`,
    );
  }
  return aggregation;
}

/** The first answer about a column is called like the column, each further one `<title>:<type>`. */
function planTerms(table: Table, terms: readonly AggregationTerm[]): PlannedTerm[] {
  if (terms.length > maxAggregations) {
    throw new AppError(
      'UNPROCESSABLE',
      `Too many aggregations: at most ${maxAggregations} are accepted in one request.`,
    );
  }
  const planned = new Map<string, PlannedTerm>();
  const seen = new Map<Column, Set<string>>();
  for (const term of terms) {
    const column = requireColumn(table, term.field);
    const aggregation = requireAggregation(column, term.type);
    const types = seen.get(column);
    if (types?.has(term.type) === true) continue;
    const key = types === undefined ? column.title : `${column.title}:${term.type}`;
    seen.set(column, (types ?? new Set()).add(term.type));
    const fields = aggregation.fields(column).map((field, i) => ({ ...field, key: `a${planned.size}_${i}` }));
    planned.set(key, { key, aggregation, fields });
  }
  return [...planned.values()];
}

/** Types that answer text say so; all others are numbers. */
const shapeOf = (term: PlannedTerm, value: RawValue): 'number' | 'string' =>
  typeof value === 'string' && term.fields[0]?.shape === 'string' ? 'string' : 'number';

/**
 * Aggregates of the selected records as a JSON object. Throws FIELD_NOT_FOUND,
 * UNPROCESSABLE for an aggregation that is unknown or does not fit the column,
 * BAD_REQUEST for a view that is no grid, and filter errors.
 */
export async function aggregateRecords(
  core: Core,
  table: Table,
  selection: RecordSelection,
  terms: readonly AggregationTerm[],
): Promise<string> {
  if (selection.viewId !== undefined) requireGridView(table, selection.viewId);
  const planned = planTerms(table, terms);
  const where = planSelection(table, selection, planContext(core)).plan;
  const fields = planned.flatMap((term) => term.fields);
  const values = fields.length === 0 ? [] : await core.reader.aggregate(tableRef(table), where, fields);
  let position = 0;
  const answers = planned.map((term) => {
    const own = values.slice(position, position + term.fields.length);
    position += term.fields.length;
    return term.aggregation.finish(own);
  });
  const shapes = planned.map((term, i) => ({ key: term.key, shape: shapeOf(term, answers[i] ?? null) }));
  return createRowWriter(shapes, 'text').write(answers, () => undefined);
}
