import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { RecordChange } from '../events/change.ts';
import type { Caller, Table } from '../model.ts';
import type { JsonText, RawValue } from '../ports.ts';
import { columnRef, planRecord, planSelection, tableRef } from '../query/plan.ts';
import type { RecordSelection } from '../query/request.ts';
import { requireRow, type UnknownFields, writeShape } from './fields.ts';
import { updateFill } from './fill.ts';
import { contextFor, type WriteTarget } from './insert.ts';
import { planContext } from './list.ts';
import { joinRows, writeRows, writerOf } from './page.ts';
import { fullColumns } from './read.ts';
import { type RecordsTransaction, writeRecords } from './transact.ts';
import { decodeValues } from './update.ts';
import { nameViolations } from './violations.ts';

/** Changes and deletions of every record that a filter keeps. */

function refuseKeyFields(table: Table, row: Record<string, unknown>): void {
  const { targets } = writeShape(table);
  const name = Object.keys(row).find((key) => targets.get(key)?.kind === 'key');
  if (name === undefined) return;
  throw new AppError(
    'UNPROCESSABLE',
    `Field '${name}' is the primary key and cannot be changed. This request changes every record that 'where' keeps; to change records by their key, send them to the bulk route.`,
  );
}

/** So many records changed, nobody knows which; none: nothing to tell. */
const anyOf = (count: number): RecordChange | undefined =>
  count === 0 ? undefined : { kind: 'bulk', keys: undefined };

/** Sets the same values in every selected record. Returns how many there are. */
export async function bulkUpdateWhere(
  core: Core,
  caller: Caller,
  target: WriteTarget,
  selection: RecordSelection,
  body: unknown,
  unknownFields: UnknownFields,
): Promise<number> {
  const { table } = target;
  const row = requireRow(body, undefined);
  refuseKeyFields(table, row);
  const where = planSelection(table, selection, planContext(core)).plan;
  const context = await contextFor(core, target, [row]);
  const values = decodeValues(table, row, unknownFields, context, undefined);
  if (values.size === 0) return core.reader.count(tableRef(table), where);
  const set = [...values].flatMap(([position, value]) => {
    const column = table.columns[position];
    return column === undefined ? [] : [{ column, value }];
  });
  set.push(...updateFill(core, caller, writeShape(table).filled));
  const assignments = set.map(({ column, value }) => ({ column: columnRef(column), value }));
  const write = (tx: RecordsTransaction): Promise<number> =>
    nameViolations(table, async () => tx.records.updateWhere(tableRef(table), assignments, where));
  return writeRecords(core, caller, table, write, anyOf);
}

/** Deletes every selected record. Returns them as they were, as a JSON array. */
export async function bulkDeleteWhere(
  core: Core,
  caller: Caller,
  table: Table,
  selection: RecordSelection,
): Promise<JsonText> {
  const where = planSelection(table, selection, planContext(core)).plan;
  const plan = { ...planRecord(table, fullColumns(table)), where };
  const write = async (tx: RecordsTransaction): Promise<RawValue[][]> => {
    const found = await tx.records.rows(plan, Number.MAX_SAFE_INTEGER, 0);
    await tx.records.deleteWhere(tableRef(table), where);
    return found;
  };
  const rows = await writeRecords(core, caller, table, write, (found) => anyOf(found.length));
  return joinRows(await writeRows(core, writerOf(plan), rows));
}
