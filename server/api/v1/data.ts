import { Type } from 'typebox';
import { listParameters, readParameters, selectionParameters } from '../parts/listParameters.ts';
import {
  answerBulkDelete,
  answerBulkInsert,
  answerBulkUpdate,
  answerDeleteAll,
  answerDeleteOne,
  answerInsertOne,
  answerUpdateAll,
  answerUpdateOne,
  answerUpsert,
} from '../parts/recordBulk.ts';
import { answerCsv, answerExcel, csvReply, excelReply, exportParameters } from '../parts/recordExports.ts';
import {
  answerCount,
  answerExists,
  answerFindOne,
  answerGroupCount,
  answerGroups,
  answerList,
  answerRead,
  answerRecordsByGroup,
} from '../parts/recordReads.ts';
import {
  pageInfoSchema,
  recordChange,
  recordCreate,
  recordKey,
  recordMark,
  recordPage,
  recordRead,
} from '../parts/recordSchemas.ts';
import { writeParameters } from '../parts/recordWrites.ts';
import { type AnyRoute, inBase, route } from '../route.ts';

const tag = 'Records';
const common = { tag, target: 'named', perTable: true } as const;

/** Every address of a table has a twin through one of its views. */
const at = (suffix: string): string[] => [
  `/api/v1/db/data/:orgs/:base/:table${suffix}`,
  `/api/v1/db/data/:orgs/:base/:table/views/:view${suffix}`,
];
const bulkAt = (suffix: string): string[] => [
  `/api/v1/db/data/bulk/:orgs/:base/:table${suffix}`,
  `/api/v1/db/data/bulk/:orgs/:base/:table/views/:view${suffix}`,
];

const groupParameters = {
  column_name: {
    schema: Type.String({ examples: ['Name'] }),
    description: 'Columns to group by, by title, physical name or id, separated by commas.',
  },
  ...selectionParameters,
};
/** A list is refused by the handler, which can say where to send it. */
const oneRecord = Type.Unsafe<unknown>({ description: 'A record, by field title.', [recordMark]: 'create' });

const lists: readonly AnyRoute[] = [
  route({
    ...common,
    id: 'dataList',
    method: 'GET',
    paths: at(''),
    summary: 'List records of a table named by id or title',
    access: inBase('dataList'),
    query: listParameters,
    reply: recordPage,
    run: (call) => answerList(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataFindOne',
    method: 'GET',
    paths: at('/find-one'),
    summary: 'The first record of a list, or an empty object',
    access: inBase('dataList'),
    query: listParameters,
    reply: recordRead,
    run: (call) => answerFindOne(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataGroupBy',
    method: 'GET',
    paths: at('/groupby'),
    summary: 'Count records by the values of columns',
    access: inBase('dataGroupBy'),
    query: { ...groupParameters, ...listParameters },
    reply: Type.Object({
      list: Type.Array(Type.Record(Type.String(), Type.Unknown())),
      pageInfo: pageInfoSchema,
    }),
    run: (call) => answerGroups(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataGroupByCount',
    method: 'GET',
    paths: at('/groupby/count'),
    summary: 'How many different values columns have',
    access: inBase('dataGroupBy'),
    query: groupParameters,
    reply: Type.Integer({ minimum: 0 }),
    run: (call) => answerGroupCount(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataGroup',
    method: 'GET',
    paths: at('/group/:columnId'),
    summary: 'Records under each value of a column',
    access: inBase('dataGroupBy'),
    query: listParameters,
    reply: Type.Array(Type.Object({ key: Type.Unknown(), value: recordPage })),
    run: (call) => answerRecordsByGroup(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataCount',
    method: 'GET',
    paths: at('/count'),
    summary: 'Count records',
    access: inBase('dataCount'),
    query: selectionParameters,
    reply: Type.Object({ count: Type.Integer({ minimum: 0 }) }),
    run: (call) => answerCount(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataExport',
    method: 'GET',
    paths: at('/export/csv'),
    summary: 'Download the records as CSV',
    access: inBase('dataExport'),
    query: exportParameters,
    reply: csvReply,
    run: (call) => answerCsv(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataExportExcel',
    method: 'GET',
    paths: at('/export/xlsx'),
    summary: 'Download the records as an Excel workbook',
    access: inBase('dataExport'),
    query: exportParameters,
    reply: excelReply,
    run: (call) => answerExcel(call, call.target.view),
  }),
];

const singles: readonly AnyRoute[] = [
  route({
    ...common,
    id: 'dataRead',
    method: 'GET',
    paths: at('/:rowId'),
    summary: 'Read a record',
    access: inBase('dataRead'),
    query: readParameters,
    reply: recordRead,
    run: (call) => answerRead(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataExist',
    method: 'GET',
    paths: at('/:rowId/exist'),
    summary: 'Whether a record exists',
    access: inBase('dataExist'),
    reply: Type.Boolean(),
    run: answerExists,
  }),
  route<unknown>({
    ...common,
    id: 'dataInsert',
    method: 'POST',
    paths: at(''),
    summary: 'Insert a record',
    access: inBase('dataInsert'),
    query: writeParameters,
    body: oneRecord,
    reply: recordRead,
    run: answerInsertOne,
  }),
  route<unknown>({
    ...common,
    id: 'dataUpdate',
    method: 'PATCH',
    paths: at('/:rowId'),
    summary: 'Change a record',
    access: inBase('dataUpdate'),
    query: writeParameters,
    body: recordChange,
    reply: recordRead,
    run: answerUpdateOne,
  }),
  route({
    ...common,
    id: 'dataDelete',
    method: 'DELETE',
    paths: at('/:rowId'),
    summary: 'Delete a record',
    access: inBase('dataDelete'),
    reply: Type.Integer(),
    run: answerDeleteOne,
  }),
];

const bulk: readonly AnyRoute[] = [
  route<unknown>({
    ...common,
    id: 'dataBulkInsert',
    method: 'POST',
    paths: bulkAt(''),
    summary: 'Insert records',
    access: inBase('dataInsert'),
    query: writeParameters,
    body: Type.Array(recordCreate),
    reply: Type.Array(recordKey),
    run: answerBulkInsert,
  }),
  route<unknown>({
    ...common,
    id: 'dataBulkUpdate',
    method: 'PATCH',
    paths: bulkAt(''),
    summary: 'Change records; those that do not exist are left out',
    access: inBase('dataUpdate'),
    query: writeParameters,
    body: Type.Array(recordChange),
    reply: Type.Array(recordRead),
    run: answerBulkUpdate,
  }),
  route<unknown>({
    ...common,
    id: 'dataBulkDelete',
    method: 'DELETE',
    paths: bulkAt(''),
    summary: 'Delete records; those that do not exist are left out',
    access: inBase('dataDelete'),
    body: Type.Array(Type.Union([recordKey, Type.String(), Type.Number()])),
    reply: Type.Array(Type.Object({ id: Type.Unknown() })),
    run: answerBulkDelete,
  }),
  route<unknown>({
    ...common,
    id: 'dataBulkUpdateAll',
    method: 'PATCH',
    paths: bulkAt('/all'),
    summary: 'Change every record that a filter keeps',
    access: inBase('dataUpdate'),
    query: { ...selectionParameters, ...writeParameters },
    body: recordChange,
    reply: Type.Integer({ minimum: 0 }),
    run: (call) => answerUpdateAll(call, call.target.view),
  }),
  route({
    ...common,
    id: 'dataBulkDeleteAll',
    method: 'DELETE',
    paths: bulkAt('/all'),
    summary: 'Delete every record that a filter keeps',
    access: inBase('dataDelete'),
    query: selectionParameters,
    reply: Type.Array(recordRead),
    run: (call) => answerDeleteAll(call, call.target.view),
  }),
  route<unknown>({
    ...common,
    id: 'dataBulkUpsert',
    method: 'POST',
    paths: bulkAt('/upsert'),
    summary: 'Change the records whose key exists, insert the others',
    access: inBase('dataUpdate'),
    query: writeParameters,
    body: Type.Array(recordCreate),
    reply: Type.Array(recordRead),
    status: 201,
    run: answerUpsert,
  }),
];

/** Records by the names of base and table: ids or titles. `:orgs` is any word. */
export const routes: readonly AnyRoute[] = [...lists, ...singles, ...bulk];
