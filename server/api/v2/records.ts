import { type TSchema, Type } from 'typebox';
import { moveRecord } from '../../core/records/move.ts';
import { listParameters, readParameters, selectionParameters } from '../parts/listParameters.ts';
import { readOne } from '../parts/listQuery.ts';
import {
  aggregationParameter,
  answerAggregate,
  answerBulkAggregate,
  answerBulkGroups,
  answerBulkList,
} from '../parts/recordAggregates.ts';
import { answerCsv, answerExcel, csvReply, excelReply, exportParameters } from '../parts/recordExports.ts';
import { answerCount, answerList, answerRead } from '../parts/recordReads.ts';
import {
  oneOrMany,
  pageInfoSchema,
  recordChange,
  recordCreate,
  recordKey,
  recordPage,
  recordRead,
} from '../parts/recordSchemas.ts';
import {
  answerDelete,
  answerInsert,
  answerUpdate,
  keepKeysParameter,
  writeParameters,
} from '../parts/recordWrites.ts';
import { type AnyRoute, inBase, route } from '../route.ts';

const records = '/api/v2/tables/:tableId/records';
const bulk = '/api/v2/tables/:tableId/bulk';
const tag = 'Records';

const viewParameter = Object.fromEntries(
  Object.entries(selectionParameters).filter(([name]) => name === 'viewId'),
);
const plainId = Type.Union([Type.String(), Type.Number()]);
const question = Type.Object(
  { alias: Type.String({ minLength: 1, description: 'The key of the answer.' }) },
  { additionalProperties: true },
);
/** Checked item by item, for clearer messages than a schema gives. */
const questions = Type.Unsafe<unknown>({
  description: 'Questions, each with its alias.',
  items: question,
  examples: [[{ alias: 'all', where: '' }]],
});
const answers = <T extends TSchema>(schema: T) => Type.Record(Type.String(), schema);
const groupPage = Type.Object({
  list: Type.Array(Type.Object({ count: Type.Integer() }, { additionalProperties: true })),
  pageInfo: pageInfoSchema,
});

const reads: readonly AnyRoute[] = [
  route({
    id: 'recordList',
    method: 'GET',
    paths: [records],
    summary: 'List records',
    tag,
    access: inBase('dataList'),
    target: 'table',
    perTable: true,
    query: listParameters,
    reply: recordPage,
    run: (call) => answerList(call),
  }),
  route({
    id: 'recordCount',
    method: 'GET',
    paths: [`${records}/count`],
    summary: 'Count records',
    tag,
    access: inBase('dataCount'),
    target: 'table',
    perTable: true,
    query: selectionParameters,
    reply: Type.Object({ count: Type.Integer({ minimum: 0 }) }),
    run: (call) => answerCount(call),
  }),
  route({
    id: 'recordRead',
    method: 'GET',
    paths: [`${records}/:rowId`],
    summary: 'Read a record',
    tag,
    access: inBase('dataRead'),
    target: 'table',
    perTable: true,
    query: { ...readParameters, ...viewParameter },
    reply: recordRead,
    run: (call) => answerRead(call),
  }),
];

const exported = '/api/v2/tables/:tableId/export';
const exports: readonly AnyRoute[] = [
  route({
    id: 'recordExportCsv',
    method: 'GET',
    paths: [`${exported}/csv`],
    summary: 'Download the records as CSV',
    tag,
    access: inBase('dataExport'),
    target: 'table',
    perTable: true,
    query: exportParameters,
    reply: csvReply,
    run: (call) => answerCsv(call),
  }),
  route({
    id: 'recordExportExcel',
    method: 'GET',
    paths: [`${exported}/xlsx`],
    summary: 'Download the records as an Excel workbook',
    tag,
    access: inBase('dataExport'),
    target: 'table',
    perTable: true,
    query: exportParameters,
    reply: excelReply,
    run: (call) => answerExcel(call),
  }),
];

const writes: readonly AnyRoute[] = [
  route<unknown>({
    id: 'recordInsert',
    method: 'POST',
    paths: [records],
    summary: 'Insert a record or a list of them',
    tag,
    access: inBase('dataInsert'),
    target: 'table',
    perTable: true,
    query: { ...writeParameters, ...keepKeysParameter },
    body: oneOrMany(recordCreate),
    reply: oneOrMany(recordKey),
    run: answerInsert,
  }),
  route<unknown>({
    id: 'recordUpdate',
    method: 'PATCH',
    paths: [records],
    summary: 'Change a record or a list of them',
    tag,
    access: inBase('dataUpdate'),
    target: 'table',
    perTable: true,
    query: writeParameters,
    body: oneOrMany(recordChange),
    reply: oneOrMany(recordKey),
    run: answerUpdate,
  }),
  route<unknown>({
    id: 'recordDelete',
    method: 'DELETE',
    paths: [records],
    summary: 'Delete a record or a list of them',
    tag,
    access: inBase('dataDelete'),
    target: 'table',
    perTable: true,
    body: oneOrMany(Type.Union([recordKey, plainId])),
    reply: oneOrMany(recordKey),
    run: answerDelete,
  }),
  route({
    id: 'recordMove',
    method: 'POST',
    paths: [`${records}/:rowId/move`],
    summary: 'Move a record before another in the manual order, or to its end',
    tag,
    access: inBase('dataUpdate'),
    target: 'table',
    perTable: true,
    query: {
      before: {
        schema: Type.String(),
        description: 'The id of the record to stand before; the end without it.',
      },
    },
    reply: Type.Boolean(),
    status: 201,
    async run(call) {
      const before = readOne(call.query, 'before') || undefined;
      await moveRecord(call.core, call.caller, call.target.table, call.params.rowId ?? '', before);
      return true;
    },
  }),
];

const summaries: readonly AnyRoute[] = [
  route({
    id: 'recordAggregate',
    method: 'GET',
    paths: ['/api/v2/tables/:tableId/aggregate'],
    summary: 'Work out sums, averages, counts and the like',
    tag,
    access: inBase('dataAggregate'),
    target: 'table',
    perTable: true,
    query: { ...aggregationParameter, ...selectionParameters },
    reply: Type.Record(Type.String(), Type.Unknown()),
    run: answerAggregate,
  }),
  route<unknown>({
    id: 'recordBulkAggregate',
    method: 'POST',
    paths: [`${bulk}/aggregate`],
    summary: 'Aggregates of several selections at once',
    tag,
    access: inBase('dataAggregate'),
    target: 'table',
    perTable: true,
    query: { ...aggregationParameter, ...viewParameter },
    body: questions,
    reply: answers(Type.Record(Type.String(), Type.Unknown())),
    status: 201,
    run: answerBulkAggregate,
  }),
  route<unknown>({
    id: 'recordBulkList',
    method: 'POST',
    paths: [`${bulk}/datalist`],
    summary: 'Several lists of records at once',
    tag,
    access: inBase('dataList'),
    target: 'table',
    perTable: true,
    query: viewParameter,
    body: questions,
    reply: answers(recordPage),
    status: 201,
    run: answerBulkList,
  }),
  route<unknown>({
    id: 'recordBulkGroup',
    method: 'POST',
    paths: [`${bulk}/group`],
    summary: 'Several groupings of records at once',
    tag,
    access: inBase('dataGroupBy'),
    target: 'table',
    perTable: true,
    query: viewParameter,
    body: questions,
    reply: answers(groupPage),
    status: 201,
    run: answerBulkGroups,
  }),
];

/** Records by table id. */
export const routes: readonly AnyRoute[] = [...reads, ...exports, ...writes, ...summaries];
