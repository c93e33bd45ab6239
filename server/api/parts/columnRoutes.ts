import { type Static, Type } from 'typebox';
import { addColumn } from '../../core/columns/add.ts';
import { type ColumnOperation, changeColumns } from '../../core/columns/bulk.ts';
import { deleteColumn } from '../../core/columns/delete.ts';
import { setDisplayColumn } from '../../core/columns/setDisplay.ts';
import { updateColumn } from '../../core/columns/update.ts';
import type { Table } from '../../core/model.ts';
import { type AnyRoute, inBase, route } from '../route.ts';
import { columnItem, columnPatch, decodeChanges, decodeColumn } from './columnItem.ts';
import { columnRow, columnSchema } from './columnRow.ts';
import type { MetaPaths } from './metaPaths.ts';
import { fullTable, fullTableSchema } from './tableRow.ts';

const tag = 'Fields';

/** Changes of one call; a table cannot have more columns. */
const maxOperations = 500;

const identified = { id: Type.String() };
const operation = Type.Union([
  Type.Object({ op: Type.Literal('add'), column: columnItem }),
  Type.Object({ op: Type.Literal('update'), column: Type.Interface([columnPatch], identified) }),
  Type.Object({ op: Type.Literal('delete'), column: Type.Object(identified) }),
]);
const bulkBody = Type.Object({
  hash: Type.String({ description: 'The `columnsHash` of the table as you saw it.' }),
  ops: Type.Array(operation, { maxItems: maxOperations }),
});
type Operation = Static<typeof operation>;

const failedOperation = Type.Object({
  op: Type.String(),
  column: Type.Record(Type.String(), Type.Unknown()),
  error: Type.String(),
});

function decodeOperation(table: Table, { op, column }: Operation): ColumnOperation {
  if (op === 'add') return { op, column: decodeColumn(column) };
  if (op === 'delete') return { op, columnId: column.id };
  const current = table.columns.find((candidate) => candidate.id === column.id);
  return { op, columnId: column.id, column: decodeChanges(column, current) };
}

const tableColumnRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route<Static<typeof columnItem>>({
    id: `${version}AddColumn`,
    method: 'POST',
    paths: [`${meta}/tables/:tableId/columns`],
    summary: 'Add a field to a table; answers the table',
    tag,
    access: inBase('columnAdd'),
    target: 'table',
    body: columnItem,
    reply: fullTableSchema,
    run: async (call) =>
      fullTable(await addColumn(call.core, call.caller, call.target.table, decodeColumn(call.body))),
  }),
  route({
    id: `${version}ColumnsHash`,
    method: 'GET',
    paths: [`${meta}/tables/:tableId/columns/hash`],
    summary: 'A fingerprint of the fields of a table; it changes with them',
    tag,
    access: inBase('columnsHash'),
    target: 'table',
    reply: Type.Object({ hash: Type.String() }),
    run: (call) => ({ hash: call.target.table.schemaHash }),
  }),
  route<Static<typeof bulkBody>>({
    id: `${version}ChangeColumns`,
    method: 'POST',
    paths: [`${meta}/tables/:tableId/columns/bulk`],
    summary: 'Add, change and delete several fields; the good changes are made although others fail',
    tag,
    access: inBase('columnBulk'),
    target: 'table',
    body: bulkBody,
    reply: Type.Object({ failedOps: Type.Array(failedOperation) }),
    run: async (call) => {
      const { hash, ops } = call.body;
      const { table } = call.target;
      const operations = ops.map((each) => decodeOperation(table, each));
      const failed = await changeColumns(call.core, call.caller, table, hash, operations);
      const failedOps = failed.map(({ index, error }) => ({
        ...(ops[index] as Operation),
        error: error.message,
      }));
      return { failedOps };
    },
  }),
];

const columnIdRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ReadColumn`,
    method: 'GET',
    paths: [`${meta}/columns/:columnId`],
    summary: 'One field',
    tag,
    access: inBase('columnGet'),
    target: 'column',
    reply: columnSchema,
    run: (call) => columnRow(call.target.table, call.target.column),
  }),
  route<Static<typeof columnPatch>>({
    id: `${version}UpdateColumn`,
    method: 'PATCH',
    paths: [`${meta}/columns/:columnId`],
    summary: 'Change a field; a new type converts its values or changes nothing. Answers the table',
    tag,
    access: inBase('columnUpdate'),
    target: 'column',
    body: columnPatch,
    reply: fullTableSchema,
    run: async (call) => {
      const { table, column } = call.target;
      const changes = decodeChanges(call.body, column);
      return fullTable(await updateColumn(call.core, call.caller, table, column.id, changes));
    },
  }),
  route({
    id: `${version}DeleteColumn`,
    method: 'DELETE',
    paths: [`${meta}/columns/:columnId`],
    summary: 'Delete a field with its values; answers the table',
    tag,
    access: inBase('columnDelete'),
    target: 'column',
    reply: fullTableSchema,
    run: async (call) => {
      const { table, column } = call.target;
      return fullTable(await deleteColumn(call.core, call.caller, table, column.id));
    },
  }),
  route({
    id: `${version}SetPrimaryColumn`,
    method: 'POST',
    paths: [`${meta}/columns/:columnId/primary`],
    summary: 'Make a field the one that stands for its record',
    tag,
    access: inBase('columnSetAsPrimary'),
    target: 'column',
    reply: Type.Literal(true),
    run: async (call) => {
      await setDisplayColumn(call.core, call.caller, call.target.table, call.target.column.id);
      return true;
    },
  }),
];

/** Columns of a table. */
export const columnRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...tableColumnRoutes(paths),
  ...columnIdRoutes(paths),
];
